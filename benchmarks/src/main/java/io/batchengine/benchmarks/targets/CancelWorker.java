package io.batchengine.benchmarks.targets;

import io.batchengine.BatchEngine;
import io.batchengine.benchmarks.CountedFiles;
import io.batchengine.benchmarks.process.CommandLoop;
import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.bundled.JobFactories;
import io.batchengine.jdbc.JdbcBatchStore;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobType;
import io.batchengine.model.Text;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.store.BatchStore;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The process of {@link Cancel}. Arguments: the database or {@value #MEMORY}, the files of a batch. {@code cancel <times>} tells the
 * nanoseconds that each took.
 */
final class CancelWorker implements CommandLoop.Handler {
    static final String MEMORY = "memory";

    private static final JobType TYPE = JobType.of("file_v1");
    private static final long WAIT_NANOS = 10_000_000;
    private static final int WARM_UP = 20;
    private static final int MOST_DELAY_MICROS = 20_000;
    private static final int LIMIT_SECONDS = 30;

    private final int files;
    private final SplittableRandom random = new SplittableRandom(1);
    private final BatchStore store;
    private final BatchEngine engine;
    private volatile boolean waiting;
    private volatile CountDownLatch started = new CountDownLatch(1);

    private CancelWorker(String database, int files) {
        this.files = files;
        store = database.equals(MEMORY) ? new InMemoryBatchStore() : JdbcBatchStore.sqlite(Path.of(database));
        engine = BatchEngine.builder()
                .threads(Bench.THREADS)
                .sourceDirectory(CountedFiles.generated())
                .jobFactory(JobFactories.blocking(TYPE.name(), "job-", this::job))
                .store(store)
                .build();
    }

    public static void main(String[] args) {
        CommandLoop.serve(() -> new CancelWorker(args[0], Integer.parseInt(args[1])));
    }

    private Outcome job(JobContext job) {
        started.countDown();
        if (waiting) {
            long end = System.nanoTime() + WAIT_NANOS;
            for (long left = WAIT_NANOS; left > 0; left = end - System.nanoTime()) {
                if (job.isStopRequested()) {
                    return Outcome.stopped();
                }
                LockSupport.parkNanos(left); // the engine interrupts it
            }
        }
        return Outcome.succeeded();
    }

    @Override
    public String obey(List<String> words) throws Exception {
        int times = Integer.parseInt(words.get(1));
        long[] nanos = new long[times];
        for (int time = -WARM_UP; time < times; time++) {
            waiting = time % 2 == 0;
            long one = cancelOne();
            if (time >= 0) {
                nanos[time] = one;
            }
        }
        return IntStream.range(0, times)
                .mapToObj(time -> Long.toString(nanos[time]))
                .collect(Collectors.joining(" "));
    }

    private long cancelOne() throws Exception {
        started = new CountDownLatch(1);
        String id = engine.batches()
                .create(CountedFiles.of(files), TYPE, "cfg-none")
                .id();
        CompletableFuture<Long> end = engine.batches()
                .completion(id)
                .thenApply(batch -> batch.status() == BatchStatus.CANCELLED ? System.nanoTime() : null)
                .toCompletableFuture();
        started.await();
        LockSupport.parkNanos(random.nextInt(MOST_DELAY_MICROS) * 1_000L);
        long start = System.nanoTime();
        var unused = engine.batches().cancel(id);
        Long ended = end.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (ended == null) {
            throw new IllegalStateException(
                    Text.format("%s was not cancelled", engine.batches().get(id)));
        }
        engine.batches().delete(id);
        return ended - start;
    }

    @Override
    public void end() {
        engine.close();
        store.close();
    }
}
