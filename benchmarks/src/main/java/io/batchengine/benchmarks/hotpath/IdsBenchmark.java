package io.batchengine.benchmarks.hotpath;

import io.batchengine.model.Ids;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Ids: a new batch id, the id that is proposed for a job, and the way back from a job's id to its batch and ordinal, as reads of jobs take it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
public class IdsBenchmark {
    private static final long NOW = 1_767_225_600_000L;

    private final SplittableRandom random = new SplittableRandom(1);
    private final String batchId = Ids.newBatchId(NOW, random);
    private final String jobId = Ids.proposedJobId("pjb-", batchId, 123_456);
    private long ordinal;

    /**
     * Makes a batch id.
     *
     * @return the id
     */
    @Benchmark
    public String newBatchId() {
        return Ids.newBatchId(NOW, random);
    }

    /**
     * Makes the id that is proposed for the job of a file.
     *
     * @return the id
     */
    @Benchmark
    public String proposedJobId() {
        return Ids.proposedJobId("pjb-", batchId, ordinal++ & 0xf_ffff);
    }

    /**
     * Reads it back.
     *
     * @return the batch's id, and the ordinal if it were wrong
     */
    @Benchmark
    public String readBack() {
        String batch = Ids.batchIdOfJob(jobId);
        return Ids.ordinalOfJob(jobId) == 123_456 && batch != null ? batch : "";
    }
}
