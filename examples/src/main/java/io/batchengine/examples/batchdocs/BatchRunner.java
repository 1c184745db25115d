package io.batchengine.examples.batchdocs;

import io.batchengine.BatchEngine;
import io.batchengine.BatchEngineBuilder;
import io.batchengine.Batches;
import io.batchengine.CreateBatch;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.StoredBatch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one batch, to its end or until it is interrupted, and shows it. */
final class BatchRunner {
    private static final Logger log = LoggerFactory.getLogger(BatchRunner.class);
    /** How long running jobs may take to stop at Ctrl-C. */
    private static final Duration STOP_GRACE = Duration.ofSeconds(5);

    private final Console console;
    private final Interruption interruption;

    BatchRunner(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    /** Where a batch is kept, how it is run, and in which form its end is printed. */
    record Means(BatchStore store, StoreLocation location, RunOptions options, boolean json, boolean jobs) {
        Scope scope() {
            return options.places.scope();
        }
    }

    /**
     * Runs a batch and prints it: as JSON, with the last line on standard error, or as a table that the last line follows.
     *
     * @param unfinished the batch to continue, or null for a new one
     * @return the exit code
     */
    int run(RunRequest request, @Nullable StoredBatch unfinished, Means means) throws IOException {
        StoreChoice.makeFolder("the output folder", request.settings().output());
        ProgressDisplay display = console.interactive() && !means.json()
                ? new ProgressDisplay(request.type().name(), console.err())
                : null;
        ChosenBatch chosen =
                new ChosenBatch(means.store(), unfinished == null ? null : unfinished.id(), interruption::isRequested);
        if (unfinished != null) {
            tellTakenOver(unfinished, means.json());
        }
        String id;
        try (BatchEngine engine = engine(request, chosen, means, display)) {
            id = unfinished == null ? create(engine.batches(), request) : unfinished.id();
            runToEnd(engine, id);
        } finally {
            interruption.ignored();
            if (display != null) {
                display.close();
            }
            removeLeftovers(request);
        }
        return new RunEnd(console, means, new Warnings(request.outputs())).show(id);
    }

    private static BatchEngine engine(
            RunRequest request, ChosenBatch chosen, Means means, @Nullable ProgressDisplay display) {
        BatchEngineBuilder builder = BatchEngine.builder()
                .store(chosen)
                .defaultProject(means.scope().projectId())
                .sourceDirectory(
                        request.settings().sourceDirectory(means.location().files()))
                .jobFactory(request.factory())
                .threads(means.options().threads)
                .limits(means.options().limits(request.type()))
                .stopGrace(STOP_GRACE)
                .closeTimeout(STOP_GRACE.multipliedBy(2)); // jobs are asked to stop after half of it
        if (display != null) {
            builder.listener(display);
        }
        return builder.build();
    }

    private static String create(Batches batches, RunRequest request) {
        return batches.create(
                        CreateBatch.of(request.settings().directoryId(), request.type(), request.configurationId())
                                .withOptions(request.options()))
                .id();
    }

    private void runToEnd(BatchEngine engine, String id) {
        CompletableFuture<Batch> end = engine.batches().completion(id).toCompletableFuture();
        CompletableFuture<Void> stop = new CompletableFuture<>();
        interruption.onRequest(() -> stop.complete(null));
        CompletableFuture<Object> first = CompletableFuture.anyOf(end, stop);
        List<String> told = List.of();
        while (true) {
            try {
                first.get(1, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                told = tellProblems(engine, told);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof BatchEngineException failure) {
                    throw failure;
                }
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** What keeps the batch waiting, such as a store that can't be written. */
    private List<String> tellProblems(BatchEngine engine, List<String> told) {
        List<String> problems = engine.health().problems();
        problems.stream().filter(problem -> !told.contains(problem)).forEach(problem -> {
            log.warn("{}", problem);
            console.error("waiting: " + problem);
        });
        return problems;
    }

    private void tellTakenOver(StoredBatch batch, boolean json) {
        var stream = json ? console.err() : console.out();
        stream.println(Text.format(
                "continuing %s: %d files taken over",
                batch.id(), batch.state().counts().settled()));
        stream.flush();
    }

    /** Of jobs that a killed process had begun. */
    private void removeLeftovers(RunRequest request) {
        try {
            var unused = request.outputs().removeLeftovers();
        } catch (IOException e) {
            log.warn("temporary files are left over", e);
            console.error(Text.format(
                    "temporary files in %s could not be removed: %s",
                    Paths.text(request.settings().output()), e.getClass().getSimpleName()));
        }
    }
}
