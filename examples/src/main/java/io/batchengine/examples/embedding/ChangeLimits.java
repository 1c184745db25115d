package io.batchengine.examples.embedding;

import io.batchengine.BatchEngine;
import io.batchengine.BatchEngineBuilder;
import io.batchengine.Batches;
import io.batchengine.bundled.JobFactories;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.limits.Limits;
import io.batchengine.limits.ProjectLimits;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchProgress;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobType;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.BatchListener;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * Holds a project while its batch waits, asks the batch why it does not move, and lets it run with another concurrency: all while the
 * engine runs.
 */
public final class ChangeLimits {
    private static final String PROJECT = "prj-import";

    private ChangeLimits() {}

    /**
     * Runs one batch.
     *
     * @param args the directory
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        JobFactory jobs = JobFactories.blocking("noop_v1", "nop-", job -> Outcome.succeeded());
        CountDownLatch throttled = new CountDownLatch(1);
        try (BatchEngine engine = BatchEngine.builder()
                .sourceDirectory(NioSourceDirectory.of(Map.of("dir-inbox", Path.of(args[0]))))
                .jobFactory(jobs)
                .listener(new Throttled(throttled))
                .build()) {
            hold(engine);
            Batch batch = engine.batches(PROJECT).create("dir-inbox", JobType.of("noop_v1"), "cfg-default");
            throttled.await();
            tellWhy(engine, batch.id());
            raise(engine);
            letGo(engine);
            Batch ended = engine.batches(PROJECT).await(batch.id(), Duration.ofMinutes(1));
            System.out.println(ended.status() + " with " + engine.limits().maxInFlight() + " in flight at most");
        }
    }

    private static void hold(BatchEngine engine) {
        // README:begin hold-project
        engine.setLimits(engine.limits().withProject("prj-import", ProjectLimits.NONE.withMaxInFlight(0)));
        // README:end hold-project
    }

    private static void letGo(BatchEngine engine) {
        engine.setLimits(engine.limits().withProject(PROJECT, ProjectLimits.NONE));
    }

    private static void raise(BatchEngine engine) {
        // README:begin raise-limit
        engine.setLimits(engine.limits().withMaxInFlight(200)); // jobs of all batches together, from now on
        // README:end raise-limit
    }

    private static void tellWhy(BatchEngine engine, String id) {
        Batches batches = engine.batches(PROJECT);
        // README:begin why-throttled
        BatchProgress progress = batches.progress(id);
        StatusReason reason = progress.reason(); // null if nothing stops the batch
        if (reason != null) {
            System.out.println(progress.status() + " by " + reason.code() + ": " + reason.message());
            System.out.println("since " + reason.since() + ", until " + reason.until()); // null: nobody knows
        }
        // README:end why-throttled
    }

    /** Has the engine ask for its limits, such as a configuration service that an operator edits. */
    static void asking(BatchEngineBuilder builder, Supplier<Limits> configuration) {
        // README:begin limits-supplier
        builder.limits(configuration, Duration.ofSeconds(10)); // asked again 10 seconds after each answer
        // README:end limits-supplier
    }

    /** Tells when a batch is throttled for the first time. */
    private record Throttled(CountDownLatch latch) implements BatchListener {
        @Override
        public void statusChanged(BatchEvent.StatusChanged event) {
            if (event.status() == BatchStatus.THROTTLED) {
                latch.countDown();
            }
        }
    }
}
