package io.batchengine.benchmarks.hotpath;

import io.batchengine.BatchEngine;
import io.batchengine.BatchEngineBuilder;
import io.batchengine.benchmarks.NoOpFiles;
import io.batchengine.model.JobType;
import io.batchengine.spi.JobFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An engine of two workers whose batches are deleted once they have ended, so that each call finds the same. */
final class PathEngine implements AutoCloseable {
    static final JobType TYPE = JobType.of("path_v1");
    static final String PREFIX = "pth-";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final BatchEngine engine;

    PathEngine(BatchEngineBuilder builder, JobFactory factory, int filesPerBatch) {
        engine = builder.threads(2)
                .sourceDirectory(NoOpFiles.prepared(filesPerBatch))
                .jobFactory(factory)
                .build();
    }

    /** Creates batches, so many for each of some projects, waits for all, and deletes them; how many files were settled. */
    long run(int projects, int batchesEach) {
        List<String> ids = new ArrayList<>(projects * batchesEach);
        for (int batch = 0; batch < batchesEach; batch++) {
            for (int project = 0; project < projects; project++) {
                ids.add(engine.batches("prj-" + project)
                        .create(NoOpFiles.DIRECTORY, TYPE, "cfg-any")
                        .id());
            }
        }
        long settled = 0;
        for (int i = 0; i < ids.size(); i++) {
            var batches = engine.batches("prj-" + i % projects);
            batches.await(ids.get(i), LIMIT);
            settled += batches.progress(ids.get(i)).counts().settled();
            batches.delete(ids.get(i));
        }
        return settled;
    }

    @Override
    public void close() {
        engine.close();
    }
}
