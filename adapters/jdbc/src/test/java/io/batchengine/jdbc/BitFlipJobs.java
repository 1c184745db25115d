package io.batchengine.jdbc;

import io.batchengine.model.JobType;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.JobRequest;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.ResolveRequest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

/** Jobs of which some fail, some succeed at the second attempt, some have an id of their own, and those of one configuration may hold. */
final class BitFlipJobs implements JobFactory {
    static final String HOLDING = "cfg-held";
    private static final int HELD_FROM = 150;
    private static final int HELD = 20;

    private final JobType type;
    private volatile CountDownLatch held = new CountDownLatch(0);

    BitFlipJobs(JobType type) {
        this.type = type;
    }

    /** From now on the jobs of the holding configuration hold from one file on, until they are stopped. */
    CountDownLatch hold() {
        CountDownLatch latch = new CountDownLatch(HELD);
        held = latch;
        return latch;
    }

    @Override
    public Map<JobType, String> types() {
        return Map.of(type, "tst-");
    }

    @Override
    public ConfigurationSnapshot resolve(ResolveRequest request) {
        return ConfigurationSnapshot.of(request.configurationId());
    }

    @Override
    public JobCreation create(JobRequest request) {
        Job.AsyncJob job = this::start;
        return request.ordinal() % 20 == 5
                ? JobCreation.created(job, "tst-own-" + request.batchId() + "-" + request.ordinal())
                : JobCreation.created(job);
    }

    private CompletionStage<Outcome> start(JobContext job) {
        if (job.configuration().text().equals(HOLDING) && job.ordinal() >= HELD_FROM && held.getCount() > 0) {
            CompletableFuture<Outcome> end = new CompletableFuture<>();
            job.onStopRequested(() -> end.complete(Outcome.stopped()));
            held.countDown();
            return end;
        }
        return CompletableFuture.completedFuture(end(job));
    }

    private static Outcome end(JobContext job) {
        if (job.ordinal() % 50 == 7) {
            return Outcome.failed("the letter " + job.file().id() + " has no recipient");
        }
        return job.ordinal() % 40 == 3 && job.attempt() == 1
                ? Outcome.failedRetryably("the printer is busy")
                : Outcome.succeeded();
    }
}
