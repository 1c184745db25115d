package io.batchengine.benchmarks.hotpath;

import io.batchengine.BatchEngine;
import io.batchengine.bundled.JobFactories;
import io.batchengine.model.JobType;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.JobRequest;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.ResolveRequest;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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
 * Mapping: the cost of a file by how its job is made. {@code SHARED}: the factory answers one creation for all files, so that what is left is the
 * guard around it. {@code PROPOSED_ID}: each job reads the id that is proposed to it, which is made only then. {@code OWN_ID}: each file is associated
 * with a job under an id of the factory's own. {@code REFUSED}: no job can be made, which ends the file with a message. Nothing is kept
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
public class MappingBenchmark {
    private static final int FILES = 100_000;

    /** How the factory answers. */
    public enum Answer {
        /** With one job for all. */
        SHARED,
        /** With one job for all, which reads its id. */
        PROPOSED_ID,
        /** With an id of its own. */
        OWN_ID,
        /** With a mapping error. */
        REFUSED;

        JobFactory factory() {
            Job.BlockingJob job = context -> Outcome.succeeded();
            return switch (this) {
                case SHARED -> JobFactories.blocking(PathEngine.TYPE.name(), PathEngine.PREFIX, job);
                case PROPOSED_ID ->
                    JobFactories.blocking(
                            PathEngine.TYPE.name(),
                            PathEngine.PREFIX,
                            context -> context.jobId().isEmpty() ? Outcome.stopped() : Outcome.succeeded());
                case OWN_ID -> new EachFile(request -> JobCreation.created(job, PathEngine.PREFIX + request.ordinal()));
                case REFUSED -> {
                    JobCreation refused = JobCreation.refused("not one of ours");
                    yield new EachFile(request -> refused);
                }
            };
        }
    }

    /** How the job of a file is made. */
    @Param
    public Answer answer = Answer.SHARED;

    private PathEngine engine;

    private record EachFile(Function<JobRequest, JobCreation> answer) implements JobFactory {
        @Override
        public Map<JobType, String> types() {
            return Map.of(PathEngine.TYPE, PathEngine.PREFIX);
        }

        @Override
        public ConfigurationSnapshot resolve(ResolveRequest request) {
            return ConfigurationSnapshot.EMPTY;
        }

        @Override
        public JobCreation create(JobRequest request) {
            return answer.apply(request);
        }
    }

    /** Starts the engine. */
    @Setup(Level.Trial)
    public void start() {
        engine = new PathEngine(BatchEngine.builder().store(ForgetfulStore.create()), answer.factory(), FILES);
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
        return engine.run(1, 1);
    }
}
