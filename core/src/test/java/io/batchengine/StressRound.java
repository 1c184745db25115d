package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.RetryPolicy;
import io.batchengine.model.Text;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.BatchListener;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchState;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.TestFactories;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Some engines and batches of one {@link StressTest}, until all have ended. */
final class StressRound implements AutoCloseable {
    private static final String PROJECT = "prj-default";

    private final long seed;
    private final Random random;
    private final InMemoryBatchStore store = new InMemoryBatchStore();
    private final ListedDirectory directory = new ListedDirectory();
    private final ExecutorService others = Executors.newFixedThreadPool(2);
    private final AtomicLong progress = new AtomicLong();
    private final List<BatchEngine> engines = new ArrayList<>();

    StressRound(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** Runs to the end; how many files were settled. */
    int run(Duration stall) {
        boolean alone = random.nextBoolean();
        int count = alone ? 1 : 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            engines.add(engine(alone));
        }
        // Many ends, for what is lost in the middle is made good by what comes after it.
        int files = 0;
        for (int wave = alone ? 40 : 1; wave > 0; wave--) {
            files += wave(stall, alone ? 20 : 400);
        }
        return files;
    }

    private int wave(Duration stall, int most) {
        List<String> batches = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            directory.generating("dir-" + i, random.nextInt(most));
            batches.add(any().batches().create(request("dir-" + i)).id());
        }
        if (random.nextBoolean()) {
            cancel(batches.get(random.nextInt(batches.size())));
        }
        if (random.nextBoolean() && engines.size() > 1) {
            engines.remove(0).close(stall); // the others take over what it gives back
        }
        int files = 0;
        for (String id : batches) {
            await(id, stall);
            files += check(id);
        }
        return files;
    }

    @Override
    public void close() {
        engines.forEach(engine -> engine.close(Duration.ofSeconds(10)));
        others.shutdownNow();
    }

    /** One that is alone has no timers that would help it on. */
    private BatchEngine engine(boolean alone) {
        return BatchEngine.builder()
                .sourceDirectory(directory)
                .jobFactory(TestFactories.creating(new StressJobs(random.nextLong(), others)))
                .store(store)
                .listener(new BatchListener() {
                    @Override
                    public void filesSettled(BatchEvent.FilesSettled event) {
                        progress.addAndGet(event.files().size());
                    }
                })
                .threads(1 + random.nextInt(4))
                .maxInFlight(1 + random.nextInt(6))
                .environment(environment -> environment.withStepsPerTask(1 + random.nextInt(3)))
                .pageSize(1 + random.nextInt(40))
                .lease(alone ? Duration.ofHours(10) : Duration.ofSeconds(10))
                .pollInterval(alone ? Duration.ofHours(1) : Duration.ofMillis(100))
                .stopGrace(Duration.ofMillis(50))
                .build();
    }

    private CreateBatch request(String directoryId) {
        Duration backoff = Duration.ofMillis(2);
        BatchOptions options = BatchOptions.DEFAULT.withRetry(RetryPolicy.of(2).withBackoff(backoff, backoff));
        return CreateBatch.of(directoryId, TYPE, "cfg-any")
                .withOptions(random.nextBoolean() ? options.withJobTimeout(Duration.ofMillis(5)) : options);
    }

    private BatchEngine any() {
        return engines.get(random.nextInt(engines.size()));
    }

    private void cancel(String id) {
        try {
            any().batches().cancel(id);
        } catch (BatchEngineException ended) {
            assertThat(ended.code()).isEqualTo(ErrorCode.ALREADY_TERMINAL);
        }
    }

    /** Waits for the end, as long as anything is settled anywhere. */
    private void await(String id, Duration stall) {
        var end = any().batches().completion(id).toCompletableFuture();
        long seen = -1;
        while (!end.isDone()) {
            long now = progress.get();
            if (now == seen) {
                throw new AssertionError(stalled(id, stall));
            }
            try {
                end.get(stall.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                seen = now;
            } catch (InterruptedException | ExecutionException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private String stalled(String id, Duration stall) {
        List<String> lines = new ArrayList<>();
        lines.add(Text.format("seed %d: nothing was settled for %s, and %s has not ended", seed, stall, id));
        lines.add(stored(id).state().toString());
        engines.forEach(engine -> lines.add(engine.health().toString()));
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            lines.add(Text.format("%s %s", thread, thread.getState()));
            for (StackTraceElement frame : stack) {
                lines.add("    at " + frame);
            }
        });
        return String.join(System.lineSeparator(), lines);
    }

    private int check(String id) {
        BatchState state = stored(id).state();
        List<FileRecord> files = store.files(FileQuery.InBatch.of(id, 0, Long.MAX_VALUE, Set.of(), Integer.MAX_VALUE));
        long settled = files.stream().filter(file -> file.settled() != null).count();
        assertThat(state.status().isTerminal()).as("seed %d: %s", seed, state).isTrue();
        assertThat(state.counts().settled()).as("seed %d: counted", seed).isEqualTo(settled);
        if (!state.cancelRequested()) {
            assertThat(settled).as("seed %d: settled", seed).isEqualTo(files.size());
        }
        engines.forEach(engine -> assertThat(engine.health().problems())
                .as("seed %d", seed)
                .noneMatch(problem -> problem.contains("defect")));
        return (int) settled;
    }

    private StoredBatch stored(String id) {
        return store.find(new BatchKey.ById(PROJECT, id)).orElseThrow();
    }
}
