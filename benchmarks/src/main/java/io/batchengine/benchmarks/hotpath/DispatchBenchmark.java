package io.batchengine.benchmarks.hotpath;

import io.batchengine.BatchEngine;
import io.batchengine.bundled.JobFactories;
import io.batchengine.spi.Outcome;
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
 * Dispatch: the cost of a file where the files are cut into ever smaller batches, down to one. What a file of a batch of 10,000 costs is the
 * turn's own part; what is more is the batch: creation, claim, listing, the way to a worker and back, commits and deletion. Nothing is kept
 * of single files.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
public class DispatchBenchmark {
    private static final int FILES = 10_000;

    /** How many of the files make a batch. */
    @Param({"1", "10", "10000"})
    public int filesPerBatch;

    private PathEngine engine;

    /** Starts the engine. */
    @Setup(Level.Trial)
    public void start() {
        engine = new PathEngine(
                BatchEngine.builder().store(ForgetfulStore.create()),
                JobFactories.blocking(PathEngine.TYPE.name(), PathEngine.PREFIX, job -> Outcome.succeeded()),
                filesPerBatch);
    }

    /** Ends it. */
    @TearDown(Level.Trial)
    public void stop() {
        engine.close();
    }

    /**
     * All files, all batches at once.
     *
     * @return how many were settled
     */
    @Benchmark
    @OperationsPerInvocation(FILES)
    public long files() {
        return engine.run(1, FILES / filesPerBatch);
    }
}
