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
 * Fair share: the cost of a file where one batch has the two workers to itself, and where a thousand ask for them at once, of one project or of a
 * hundred. In the latter the batch that has the next turn is chosen again after at most 256 files. A batch's own cost, which
 * {@link DispatchBenchmark} tells, is spread over its 400 files. Nothing is kept of single files.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
public class FairShareBenchmark {
    private static final int FILES = 400_000;

    /** Projects, and batches of each, that share out the files. */
    @Param({"1x1", "1x1000", "100x10"})
    public String projectsByBatches = "1x1";

    private int projects;
    private int batchesEach;
    private PathEngine engine;

    /** Starts the engine. */
    @Setup(Level.Trial)
    public void start() {
        String[] numbers = projectsByBatches.split("x", 2);
        projects = Integer.parseInt(numbers[0]);
        batchesEach = Integer.parseInt(numbers[1]);
        engine = new PathEngine(
                BatchEngine.builder().store(ForgetfulStore.create()),
                JobFactories.blocking(PathEngine.TYPE.name(), PathEngine.PREFIX, job -> Outcome.succeeded()),
                FILES / projects / batchesEach);
    }

    /** Ends it. */
    @TearDown(Level.Trial)
    public void stop() {
        engine.close();
    }

    /**
     * All batches at once.
     *
     * @return how many files were settled
     */
    @Benchmark
    @OperationsPerInvocation(FILES)
    public long files() {
        return engine.run(projects, batchesEach);
    }
}
