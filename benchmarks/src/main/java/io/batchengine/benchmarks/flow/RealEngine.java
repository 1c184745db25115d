package io.batchengine.benchmarks.flow;

import io.batchengine.BatchEngine;
import io.batchengine.benchmarks.CountedFiles;
import io.batchengine.bundled.JobFactories;
import io.batchengine.limits.Limits;
import io.batchengine.model.JobType;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.Outcome;
import java.util.function.Consumer;

/** An engine of real threads, with state in memory. */
final class RealEngine {
    private static final JobType TYPE = JobType.of("blocking_v1");

    private RealEngine() {}

    static BatchEngine of(int threads, Limits limits, Consumer<JobContext> job) {
        return BatchEngine.builder()
                .threads(threads)
                .sourceDirectory(CountedFiles.generated())
                .jobFactory(JobFactories.blocking(TYPE.name(), "blk-", context -> {
                    job.accept(context);
                    return Outcome.succeeded();
                }))
                .limits(limits)
                .build();
    }

    /** The new batch's id. */
    static String create(BatchEngine engine, String project, int files) {
        return engine.batches(project)
                .create(CountedFiles.of(files), TYPE, "cfg-any")
                .id();
    }
}
