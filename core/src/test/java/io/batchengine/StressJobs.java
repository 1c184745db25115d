package io.batchengine;

import io.batchengine.spi.Job;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobRequest;
import io.batchengine.spi.Outcome;
import io.batchengine.support.TestFactories;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Short jobs on real threads, some of which complete on other threads, wait to be stopped, fail or are put off. */
final class StressJobs implements TestFactories.Create {
    private final Random random;
    private final Executor others;

    StressJobs(long seed, Executor others) {
        this.random = new Random(seed);
        this.others = others;
    }

    @Override
    public JobCreation create(JobRequest request) {
        return switch (draw(40)) {
            case 0 -> JobCreation.notNow(Duration.ofMillis(1));
            case 1 -> JobCreation.refused("no");
            case 2, 3, 4 -> JobCreation.created(Job.blocking(StressJobs::untilStopped));
            default ->
                draw(2) == 0
                        ? JobCreation.created(Job.async(this::elsewhere))
                        : JobCreation.created(Job.blocking(context -> outcome()));
        };
    }

    /** Waits for an interrupt, or for two milliseconds. */
    private static Outcome untilStopped(JobContext context) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        context.onStopRequested(stopped::countDown);
        return stopped.await(2, TimeUnit.MILLISECONDS) ? Outcome.stopped() : Outcome.succeeded();
    }

    private CompletionStage<Outcome> elsewhere(JobContext context) {
        CompletableFuture<Outcome> end = new CompletableFuture<>();
        context.onStopRequested(() -> end.complete(Outcome.stopped()));
        end.completeAsync(this::outcome, CompletableFuture.delayedExecutor(draw(300), TimeUnit.MICROSECONDS, others));
        return end;
    }

    private Outcome outcome() {
        return switch (draw(30)) {
            case 0 -> Outcome.failed("no");
            case 1 -> Outcome.failedRetryably("not yet");
            case 2 -> Outcome.notNow(Duration.ofMillis(1));
            default -> Outcome.succeeded();
        };
    }

    private int draw(int bound) {
        synchronized (random) {
            return random.nextInt(bound);
        }
    }
}
