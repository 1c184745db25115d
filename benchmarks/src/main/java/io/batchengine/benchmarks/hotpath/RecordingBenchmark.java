package io.batchengine.benchmarks.hotpath;

import io.batchengine.BatchEngine;
import io.batchengine.BatchEngineBuilder;
import io.batchengine.bundled.JobFactories;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.BatchListener;
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
 * Recording: the cost of a file by what is done with its outcome. {@code FORGOTTEN}: it goes from the worker's buffer into the draft of the commit, and
 * the store keeps nothing of it. {@code IN_MEMORY}: the in-memory store keeps it. {@code TOLD}: a listener is told of each as well. {@code FAILED}: each
 * carries a message.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
public class RecordingBenchmark {
    private static final int FILES = 100_000;

    /** What becomes of outcomes. */
    public enum Kept {
        /** Gathered, not kept. */
        FORGOTTEN,
        /** Kept. */
        IN_MEMORY,
        /** Kept, and a listener is told. */
        TOLD,
        /** Kept, with a message each. */
        FAILED
    }

    /** What becomes of the outcomes. */
    @Param
    public Kept kept = Kept.FORGOTTEN;

    private volatile long told;
    private PathEngine engine;

    /** Starts the engine. */
    @Setup(Level.Trial)
    public void start() {
        BatchEngineBuilder builder = BatchEngine.builder();
        if (kept == Kept.FORGOTTEN) {
            builder.store(ForgetfulStore.create());
        }
        if (kept == Kept.TOLD) {
            builder.listener(new BatchListener() {
                @Override
                public void filesSettled(BatchEvent.FilesSettled event) {
                    told = event.files().size();
                }
            });
        }
        Outcome outcome = kept == Kept.FAILED ? Outcome.failed("can't be read") : Outcome.succeeded();
        engine = new PathEngine(
                builder, JobFactories.blocking(PathEngine.TYPE.name(), PathEngine.PREFIX, job -> outcome), FILES);
    }

    /** Ends it. */
    @TearDown(Level.Trial)
    public void stop() {
        engine.close();
    }

    /**
     * One batch.
     *
     * @return how many files were settled
     */
    @Benchmark
    @OperationsPerInvocation(FILES)
    public long files() {
        return engine.run(1, 1) + told;
    }
}
