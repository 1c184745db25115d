package io.batchengine.examples.embedding;

import io.batchengine.BatchEngine;
import io.batchengine.Batches;
import io.batchengine.bundled.JobFactories;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.model.Batch;
import io.batchengine.model.JobType;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Cancels a batch that would take an hour, then deletes it and purges what else has ended. */
public final class CancelAndPurge {
    private static final JobType TYPE = JobType.of("slow_v1");

    private CancelAndPurge() {}

    /**
     * Runs two batches and removes both.
     *
     * @param args the directory
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        JobFactory jobs = JobFactories.blocking("slow_v1", "slw-", job -> {
            started.countDown();
            TimeUnit.HOURS.sleep(1); // a request to stop interrupts it
            return Outcome.succeeded();
        });
        try (BatchEngine engine = BatchEngine.builder()
                .sourceDirectory(NioSourceDirectory.of(Map.of("dir-inbox", Path.of(args[0]))))
                .jobFactory(jobs)
                .build()) {
            Batches batches = engine.batches();
            Batch first = batches.create("dir-inbox", TYPE, "cfg-default");
            started.await();
            cancel(batches, first.id());
            delete(batches, first.id());
            Batch second = batches.create("dir-inbox", TYPE, "cfg-default");
            cancel(batches, second.id());
            purge(batches, Instant.now().plusSeconds(1));
        }
    }

    private static void cancel(Batches batches, String id) {
        // README:begin cancel
        batches.cancel(id); // returns at once
        Batch ended = batches.await(id, Duration.ofMinutes(1)); // CANCELLED once its jobs have stopped
        System.out.println(ended.status() + ", " + batches.progress(id).counts());
        // README:end cancel
    }

    private static void delete(Batches batches, String id) {
        // README:begin delete
        batches.delete(id); // the batch, its results and its job records
        // README:end delete
    }

    /** What a service would run once a day. */
    private static void purge(Batches batches, Instant endedBefore) {
        long deleted = batches.purge(endedBefore);
        System.out.println(deleted + " purged");
    }

    /** Keeps what ended within a month. */
    static long purgeOld(BatchEngine engine) {
        // README:begin purge
        Instant monthAgo = Instant.now().minus(Duration.ofDays(30));
        long deleted = engine.batches("prj-research").purge(monthAgo); // this project's batches that ended before
        // README:end purge
        return deleted;
    }
}
