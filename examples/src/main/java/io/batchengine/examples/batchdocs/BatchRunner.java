package io.batchengine.examples.batchdocs;

import io.batchengine.BatchEngine;
import io.batchengine.BatchEngineBuilder;
import io.batchengine.Batches;
import io.batchengine.CreateBatch;
import io.batchengine.json.BatchJson;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchProgress;
import io.batchengine.model.BatchResult;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one batch to its end and shows it. */
final class BatchRunner {
    private static final Logger log = LoggerFactory.getLogger(BatchRunner.class);
    /** How long running jobs may take to stop at Ctrl-C. */
    private static final Duration STOP_GRACE = Duration.ofSeconds(5);
    /** Far above what a document takes; for one that a parser never comes back from. */
    private static final Duration JOB_TIMEOUT = Duration.ofMinutes(10);

    private final Console console;
    private final Interruption interruption;

    BatchRunner(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    /**
     * Runs a batch and prints it: as JSON, with the last line on standard error, or as a table that the last line follows.
     *
     * @return how it ended
     */
    BatchProgress run(RunRequest request, boolean json) throws IOException {
        ProgressDisplay display = console.interactive() && !json
                ? new ProgressDisplay(request.type().name(), console.err())
                : null;
        try (BatchEngine engine = engine(request, display)) {
            Batches batches = engine.batches();
            Batch batch;
            try {
                batch = runToEnd(batches, request);
            } finally {
                if (display != null) {
                    display.close();
                }
            }
            BatchProgress end = batches.progress(batch.id());
            if (json) {
                printJson(batches, batch);
            } else {
                new RunReport(batches, batch.id()).printTable(console.out());
            }
            printEnd(end, json);
            return end;
        }
    }

    private Batch runToEnd(Batches batches, RunRequest request) {
        BatchOptions options = BatchOptions.DEFAULT.withJobTimeout(JOB_TIMEOUT);
        String id = batches.create(CreateBatch.of(request.directoryId(), request.type(), request.configurationId())
                        .withOptions(options))
                .id();
        interruption.onRequest(() -> cancel(batches, id));
        try {
            return batches.completion(id).toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof BatchEngineException failure) {
                throw failure;
            }
            throw e;
        } finally {
            interruption.onRequest(() -> {});
        }
    }

    private static BatchEngine engine(RunRequest request, @Nullable ProgressDisplay display) {
        BatchEngineBuilder builder = BatchEngine.builder()
                .sourceDirectory(request.sourceDirectory())
                .jobFactory(request.factory())
                .threads(request.threads())
                .stopGrace(STOP_GRACE)
                .closeTimeout(STOP_GRACE);
        if (display != null) {
            builder.listener(display);
        }
        return builder.build();
    }

    private static void cancel(Batches batches, String id) {
        try {
            batches.cancel(id);
        } catch (BatchEngineException e) {
            if (e.code() != ErrorCode.ALREADY_TERMINAL) {
                log.warn("{} can't be cancelled", id, e);
            }
        }
    }

    private void printJson(Batches batches, Batch batch) throws IOException {
        BatchJson json = BatchJson.acceptingAnyType();
        OutputStream out = console.data();
        if (batch.status() == BatchStatus.FAILED) { // has no reliable results
            json.write(batch, out);
        } else {
            try (Stream<BatchResult> results = batches.results(batch.id())) {
                json.write(batch, results.iterator(), out);
            }
        }
        out.write(System.lineSeparator().getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private void printEnd(BatchProgress end, boolean json) {
        if (end.status() == BatchStatus.FAILED && end.reason() != null) {
            console.error("the batch failed: " + end.reason().message());
        }
        var stream = json ? console.err() : console.out();
        stream.println(RunReport.summary(end));
        stream.flush();
    }
}
