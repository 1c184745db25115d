package io.batchengine.benchmarks;

import io.batchengine.BatchEngine;
import io.batchengine.bundled.JobFactories;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.Ids;
import io.batchengine.model.JobType;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.SourceFile;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * No-op jobs over a directory of 200,000 files, from the creation of the batch to its end: through the engine with the in-memory store, and
 * through a fixed pool with one {@code submit} per file that makes the same result and puts it into a {@code ConcurrentHashMap}.
 * Files per second; the ratio of both is the figure that counts.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 9, time = 2)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
public class WholePathBenchmark {
    private static final int FILES = 200_000;
    private static final JobType NO_OP = JobType.of("noop_v1");

    /** Worker threads on both sides. */
    @Param("2")
    public int threads;

    private final NoOpFiles files = NoOpFiles.prepared(FILES);
    private BatchEngine engine;
    private ExecutorService pool;

    /** A result as the plain pool keeps it. */
    record Result(String fileId, String jobId, BatchStatus status) {}

    /** Starts both sides. */
    @Setup(Level.Trial)
    public void start() {
        engine = BatchEngine.builder()
                .threads(threads)
                .sourceDirectory(files)
                .jobFactory(JobFactories.blocking("noop_v1", "nop-", job -> Outcome.succeeded()))
                .build();
        pool = Executors.newFixedThreadPool(threads);
    }

    /** Ends both sides. */
    @TearDown(Level.Trial)
    public void stop() {
        engine.close();
        pool.shutdownNow();
    }

    /**
     * One batch through the engine; its results are deleted afterwards.
     *
     * @return how many files succeeded
     */
    @Benchmark
    @OperationsPerInvocation(FILES)
    public long engine() {
        String id =
                engine.batches().create(NoOpFiles.DIRECTORY, NO_OP, "cfg-none").id();
        engine.batches().await(id, Duration.ofMinutes(5));
        long succeeded = engine.batches().progress(id).counts().succeeded();
        if (succeeded != FILES) {
            throw new IllegalStateException("%d of %d files succeeded".formatted(succeeded, FILES));
        }
        engine.batches().delete(id);
        return succeeded;
    }

    /**
     * The same files through a plain pool.
     *
     * @return the results
     * @throws InterruptedException if the benchmark is stopped
     */
    @Benchmark
    @OperationsPerInvocation(FILES)
    @SuppressWarnings("FutureReturnValueIgnored") // the latch tells the end
    public Map<String, Result> plainPool() throws InterruptedException {
        String batchId = Ids.newBatchId(System.currentTimeMillis(), new Random(1));
        Map<String, Result> results = new ConcurrentHashMap<>();
        CountDownLatch done = new CountDownLatch(FILES);
        int ordinal = 0;
        for (SourceFile file : files.files()) {
            int own = ordinal++;
            pool.submit(() -> {
                String jobId = Ids.proposedJobId("nop-", batchId, own);
                results.put(file.id(), new Result(file.id(), jobId, BatchStatus.COMPLETED));
                done.countDown();
            });
        }
        done.await();
        return results;
    }
}
