package io.batchengine.jdbc;

import io.batchengine.BatchEngine;
import io.batchengine.CreateBatch;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.JobType;
import io.batchengine.model.RetryPolicy;
import io.batchengine.spi.store.BatchStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** A store at rest: a batch that has completed, one that was cancelled, and one that goes on when an engine opens it. */
record BitFlipStore(Path inbox, String completed, String cancelled, String unfinished) {
    private static final int FILES = 400;
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(50);

    List<String> ids() {
        return List.of(completed, cancelled, unfinished);
    }

    static BitFlipStore make(Path folder, Supplier<JdbcBatchStore> opener) throws IOException, InterruptedException {
        Path inbox = Files.createDirectory(folder.resolve("inbox"));
        for (int i = 0; i < FILES; i++) {
            Files.createFile(inbox.resolve("letter-" + (1_000 + i) + ".txt"));
        }
        BatchOptions options = BatchOptions.DEFAULT.withRetry(RetryPolicy.of(3).withBackoff(PAUSE, PAUSE));
        CreateBatch plain =
                CreateBatch.of("dir-inbox", TestBatches.TYPE, "cfg-plain").withOptions(options);
        CreateBatch holding = CreateBatch.of("dir-inbox", TestBatches.TYPE, BitFlipJobs.HOLDING)
                .withOptions(options);
        BitFlipJobs jobs = new BitFlipJobs(TestBatches.TYPE);
        try (JdbcBatchStore store = opener.get();
                BatchEngine engine = engine(store, inbox, jobs)) {
            String completed =
                    engine.batches().create(plain.withIdempotencyKey("first")).id();
            engine.batches().await(completed, LONG);
            CountDownLatch held = jobs.hold();
            String cancelled =
                    engine.batches().create(holding.withRequestedBy("somebody")).id();
            held.await();
            engine.batches().cancel(cancelled);
            engine.batches().await(cancelled, LONG);
            held = jobs.hold();
            String unfinished = engine.batches().create(holding).id();
            held.await();
            engine.close(CLOSE); // the held jobs end only when it asks them to stop
            return new BitFlipStore(inbox, completed, cancelled, unfinished);
        }
    }

    /** An engine that has nothing to run in the store, for it serves other jobs. */
    BatchEngine reader(BatchStore store) {
        return engine(store, inbox, new BitFlipJobs(JobType.of("other_v1")));
    }

    /** An engine that goes on with the unfinished batch. */
    BatchEngine worker(BatchStore store) {
        return engine(store, inbox, new BitFlipJobs(TestBatches.TYPE));
    }

    private static BatchEngine engine(BatchStore store, Path inbox, BitFlipJobs jobs) {
        return BatchEngine.builder()
                .sourceDirectory(NioSourceDirectory.of(Map.of("dir-inbox", inbox)))
                .jobFactory(jobs)
                .store(store)
                .threads(2)
                .maxInFlight(32)
                .build();
    }
}
