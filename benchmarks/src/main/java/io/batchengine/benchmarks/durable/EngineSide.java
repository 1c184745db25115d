package io.batchengine.benchmarks.durable;

import io.batchengine.BatchEngine;
import io.batchengine.BatchEngineBuilder;
import io.batchengine.benchmarks.NoOpFiles;
import io.batchengine.bundled.JobFactories;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobType;
import io.batchengine.spi.BatchStore;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.SourceDirectory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** No-op jobs through the engine, from the creation of the first batch to the end of the last. */
final class EngineSide {
    static final JobType NO_OP = JobType.of("noop_v1");

    private EngineSide() {}

    static BatchEngineBuilder builder(BatchStore store, SourceDirectory directory) {
        return BatchEngine.builder()
                .threads(2)
                .sourceDirectory(directory)
                .jobFactory(JobFactories.blocking(NO_OP.name(), "nop-", job -> Outcome.succeeded()))
                .store(store);
    }

    /** Runs as many batches at once over one directory each of so many files; nanoseconds. */
    static long run(BatchStore store, NoOpFiles files, int batches) {
        try (BatchEngine engine = builder(store, files).build()) {
            long start = System.nanoTime();
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < batches; i++) {
                ids.add(engine.batches()
                        .create(NoOpFiles.DIRECTORY, NO_OP, "cfg-any")
                        .id());
            }
            for (String id : ids) {
                Batch ended = engine.batches().await(id, Duration.ofHours(1));
                if (ended.status() != BatchStatus.COMPLETED) {
                    throw new IllegalStateException("batch %s is %s".formatted(id, ended.status()));
                }
            }
            return System.nanoTime() - start;
        }
    }
}
