package io.batchengine.benchmarks.guard;

import io.batchengine.BatchEngine;
import io.batchengine.CreateBatch;
import io.batchengine.benchmarks.NoOpFiles;
import io.batchengine.bundled.JobFactories;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobType;
import io.batchengine.model.Text;
import io.batchengine.spi.Job;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.testkit.machine.SimulatedMachine;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * An engine on a simulated machine, so that it makes the same calls in the same order each time: a turn of a worker, which is up to 256 files,
 * takes 0.1 ms, a listing of a page 0.2 ms and a commit 5 ms.
 */
final class SimulatedRun implements AutoCloseable {
    private static final JobType TYPE = JobType.of("guarded_v1");
    private static final long SEED = 20_260_101;
    private static final Duration TURN = Duration.ofNanos(100_000);
    private static final Duration CALL = Duration.ofNanos(200_000);
    private static final Duration COMMIT = Duration.ofMillis(5);
    private static final Duration LIMIT = Duration.ofHours(1);

    private final SimulatedMachine machine = new SimulatedMachine(SEED);
    private final SimulatedProcess process = machine.process("engine");
    private final BatchEngine engine;

    @SuppressWarnings("this-escape") // nothing runs before the machine does
    SimulatedRun(BatchStore store, Counts calls, int files, Job.BlockingJob job) {
        process.delayTasks(() -> TURN);
        engine = BatchEngine.builder()
                .executor(process.executor(), 2)
                .orchestrationExecutor(task -> process.timer().schedule(task, CALL))
                .environment(environment -> environment
                        .withTimer(process.timer())
                        .withClock(process.clock())
                        .withTicker(process::nanos)
                        .withRandom(new Random(SEED + files))) // another run on the same store draws other ids
                .sourceDirectory(NoOpFiles.generated(files))
                .jobFactory(JobFactories.blocking(TYPE.name(), "grd-", job))
                .store(new CountingStore(store, calls, this::commitTime))
                .build();
    }

    private void commitTime() {
        try {
            process.sleep(COMMIT);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("nobody interrupts a commit", interrupted);
        }
    }

    /** Runs so many batches at once, from the first creation to the last end. */
    List<Batch> run(int batches, BatchOptions options) {
        List<Batch> ended = new ArrayList<>();
        process.timer().schedule(() -> create(batches, options, ended), Duration.ZERO);
        if (!machine.runUntil(() -> ended.size() == batches, LIMIT)) {
            throw new IllegalStateException(Text.format("%d of %d batches ended", ended.size(), batches));
        }
        return ended;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the goal of the run waits for it
    private void create(int batches, BatchOptions options, List<Batch> ended) {
        CreateBatch request =
                CreateBatch.of(NoOpFiles.DIRECTORY, TYPE, "cfg-any").withOptions(options);
        for (int i = 0; i < batches; i++) {
            engine.batches().completion(engine.batches().create(request).id()).whenComplete((batch, failure) -> {
                if (failure != null || batch.status() != BatchStatus.COMPLETED) {
                    throw new IllegalStateException("batch " + batch, failure);
                }
                ended.add(batch);
            });
        }
    }

    BatchEngine engine() {
        return engine;
    }

    @Override
    public void close() {
        machine.close();
    }
}
