package io.batchengine.benchmarks.flow;

import io.batchengine.BatchEngine;
import io.batchengine.benchmarks.CountedFiles;
import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.bundled.JobFactories;
import io.batchengine.limits.Limits;
import io.batchengine.model.JobType;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.Outcome;
import io.batchengine.testkit.machine.SimulatedMachine;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.time.Duration;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An engine in simulated time, whose asynchronous jobs take some time and whose calls of the store take a millisecond. */
final class SimulatedEngine implements AutoCloseable {
    static final JobType TYPE = JobType.of("simulated_v1");
    private static final long SEED = 20_260_101;
    private static final Duration CALL = Duration.ofMillis(1);

    /** What a job does, in simulated time. */
    interface Body {
        CompletionStage<Outcome> start(SimulatedEngine on, JobContext job);
    }

    final SimulatedMachine machine = new SimulatedMachine(SEED);
    final SplittableRandom random = new SplittableRandom(SEED);
    final BatchEngine engine;
    private final SimulatedProcess process = machine.process("engine");

    @SuppressWarnings("this-escape") // jobs start behind the constructor
    SimulatedEngine(Limits limits, Body body) {
        engine = BatchEngine.builder()
                .executor(process.executor(), 16)
                .orchestrationExecutor(task -> process.timer().schedule(task, CALL))
                .environment(environment -> environment
                        .withTimer(process.timer())
                        .withClock(process.clock())
                        .withTicker(process::nanos)
                        .withRandom(new Random(SEED)))
                .sourceDirectory(CountedFiles.generated())
                .jobFactory(JobFactories.async(TYPE.name(), "sim-", job -> body.start(this, job)))
                .store(new InMemoryBatchStore(machine::nanos))
                .limits(limits)
                .build();
    }

    /** Completes after a time between half and one and a half of a mean one. */
    CompletionStage<Outcome> afterAbout(Duration mean) {
        CompletableFuture<Outcome> end = new CompletableFuture<>();
        long nanos = mean.toNanos() / 2 + random.nextLong(mean.toNanos());
        process.timer().schedule(() -> end.complete(Outcome.succeeded()), Duration.ofNanos(nanos));
        return end;
    }

    /** Creates a batch at a time. */
    void create(Duration at, String project, int files) {
        process.timer().schedule(() -> engine.batches(project).create(CountedFiles.of(files), TYPE, "cfg-any"), at);
    }

    void runFor(Duration time) {
        machine.runUntil(() -> false, time);
    }

    Duration now() {
        return Duration.ofNanos(machine.nanos());
    }

    @Override
    public void close() {
        machine.close();
    }
}
