package io.batchengine.benchmarks.lineup;

import io.batchengine.BatchEngine;
import io.batchengine.BatchEngineBuilder;
import io.batchengine.benchmarks.CountedFiles;
import io.batchengine.benchmarks.contender.Contender;
import io.batchengine.benchmarks.contender.FileJob;
import io.batchengine.benchmarks.contender.JobKind;
import io.batchengine.benchmarks.contender.Storage;
import io.batchengine.bundled.JobFactories;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobType;
import io.batchengine.model.Text;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.store.BatchStore;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * This library, as it is by default: what is timed is from the creation of the first batch to the end of the last. One engine on one store
 * serves all rounds, as in a service; the batches of a round are deleted behind it.
 */
final class EngineContender implements Contender {
    private static final JobType TYPE = JobType.of("file_v1");
    private static final long SMALL_HEAP = 512L << 20; // a JVM with less is given no file ids ahead
    private static final int USUAL_LIMIT = 1_000; // of jobs in flight
    private static final Duration LIMIT = Duration.ofHours(1);

    private final int threads;
    private final int batches;
    private final boolean virtual;
    private final CountedFiles files =
            Runtime.getRuntime().maxMemory() < SMALL_HEAP ? CountedFiles.generated() : CountedFiles.prepared();
    private final BatchStore store;
    private final BatchEngine engine;
    private final List<String> ids = new ArrayList<>(); // of the round's batches
    private volatile FileJob job = new FileJob(JobKind.NO_OP);

    EngineContender(Storage storage, int threads, int batches) throws IOException, SQLException {
        this(storage, threads, batches, false);
    }

    private EngineContender(Storage storage, int threads, int batches, boolean virtual)
            throws IOException, SQLException {
        this.threads = threads;
        this.batches = batches;
        this.virtual = virtual;
        store = EngineStores.open(storage);
        engine = engine();
    }

    /** With a virtual thread for each job, as many at a time as others have threads. */
    static EngineContender ofVirtualThreads(Storage storage, int threads) throws IOException, SQLException {
        return new EngineContender(storage, threads, 1, true);
    }

    private BatchEngine engine() {
        BatchEngineBuilder builder = BatchEngine.builder();
        if (virtual) {
            builder.virtualThreads().maxInFlight(threads);
        } else {
            builder.threads(threads).maxInFlight(Math.max(threads, USUAL_LIMIT));
        }
        return builder.sourceDirectory(files)
                .jobFactory(JobFactories.blocking(TYPE.name(), "job-", context -> {
                    String failure = job.run((int) context.ordinal());
                    return failure == null ? Outcome.succeeded() : Outcome.failed(failure);
                }))
                .store(store)
                .build();
    }

    @Override
    public void run(int count, FileJob fileJob) {
        job = fileJob;
        for (int batch = 0; batch < batches; batch++) {
            ids.add(engine.batches()
                    .create(CountedFiles.of(count / batches), TYPE, "cfg-none")
                    .id());
        }
        for (String id : ids) {
            Batch ended = engine.batches().await(id, LIMIT);
            if (ended.status() != BatchStatus.COMPLETED) {
                throw new IllegalStateException(Text.format("batch %s is %s", id, ended.status()));
            }
        }
        long mapped = engine.batches().progress(ids.get(batches - 1)).counts().mapped();
        if (mapped != count / batches) {
            throw new IllegalStateException(Text.format("%d results for %d files", mapped, count / batches));
        }
    }

    @Override
    public void clear() {
        ids.forEach(engine.batches()::delete);
        ids.clear();
    }

    @Override
    public void close() {
        engine.close();
        store.close();
    }
}
