package io.batchengine.benchmarks.targets;

import io.batchengine.BatchEngine;
import io.batchengine.benchmarks.CountedFiles;
import io.batchengine.benchmarks.process.CommandLoop;
import io.batchengine.bundled.JobFactories;
import io.batchengine.jdbc.JdbcBatchStore;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobType;
import io.batchengine.model.Text;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.BatchListener;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.StoredBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The processes of {@link Reopen}. Arguments: the database, the files. {@code half} answers when half of them are settled, and goes on until
 * it is killed; {@code resume} goes on with the batch to its end, and tells the nanoseconds from the opening to the first job, and how many
 * files ran that had been settled.
 */
final class ReopenWorker implements CommandLoop.Handler {
    private static final JobType TYPE = JobType.of("file_v1");

    private final Path database;
    private final int files;
    private final AtomicLong starts = new AtomicLong();
    private final CountDownLatch firstStart = new CountDownLatch(1);

    private ReopenWorker(Path database, int files) {
        this.database = database;
        this.files = files;
    }

    public static void main(String[] args) {
        CommandLoop.serve(() -> new ReopenWorker(Path.of(args[0]), Integer.parseInt(args[1])));
    }

    @Override
    public String obey(List<String> words) throws InterruptedException {
        return words.get(0).equals("half") ? half() : resume();
    }

    private BatchEngine engine(BatchStore store, BatchListener listener) {
        return BatchEngine.builder()
                .threads(Bench.THREADS)
                .sourceDirectory(CountedFiles.generated())
                .jobFactory(JobFactories.blocking(TYPE.name(), "job-", job -> {
                    starts.incrementAndGet();
                    firstStart.countDown();
                    return Outcome.succeeded();
                }))
                .listener(listener)
                .store(store)
                .build();
    }

    private String half() throws InterruptedException {
        AtomicLong settled = new AtomicLong();
        CountDownLatch halfSettled = new CountDownLatch(1);
        BatchEngine engine = engine(JdbcBatchStore.sqlite(database), new BatchListener() {
            @Override
            public void filesSettled(BatchEvent.FilesSettled event) {
                if (settled.addAndGet(event.files().size()) >= files / 2) {
                    halfSettled.countDown();
                }
            }
        });
        engine.batches().create(CountedFiles.of(files), TYPE, "cfg-none");
        halfSettled.await();
        return "half";
    }

    private String resume() throws InterruptedException {
        long begin = System.nanoTime();
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(database)) {
            StoredBatch half = store.list(BatchQuery.builder()
                            .projectId("prj-default")
                            .limit(1)
                            .build())
                    .batches()
                    .get(0);
            if (half.state().status().isTerminal()) {
                throw new IllegalStateException("the batch had ended before its process was killed");
            }
            try (BatchEngine engine = engine(store, new BatchListener() {})) {
                firstStart.await();
                long nanos = System.nanoTime() - begin;
                Batch ended = engine.batches().await(half.id(), Duration.ofMinutes(10));
                long succeeded = engine.batches().progress(half.id()).counts().succeeded();
                if (ended.status() != BatchStatus.COMPLETED || succeeded != files) {
                    throw new IllegalStateException(Text.format("%d succeeded in %s", succeeded, ended));
                }
                return nanos + " " + (half.state().counts().settled() + starts.get() - files);
            }
        }
    }

    @Override
    public void end() {}
}
