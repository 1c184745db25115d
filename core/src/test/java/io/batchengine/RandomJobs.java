package io.batchengine;

import io.batchengine.spi.Creation;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.JobRequest;
import io.batchengine.spi.Outcome;
import io.batchengine.support.Factories;
import io.batchengine.support.ManualMachine;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A job factory that draws how each creation and each job goes. */
final class RandomJobs implements Factories.Create {
    private final Random random;
    private final ManualMachine machine;
    private final RandomRunWatch watch;
    private final int engine;
    private final int slow;

    RandomJobs(long seed, ManualMachine machine, RandomRunWatch watch, int engine) {
        this.random = new Random(seed);
        this.machine = machine;
        this.watch = watch;
        this.engine = engine;
        this.slow = random.nextInt(3);
    }

    @Override
    public Creation create(JobRequest request) {
        watch.asked(engine, request);
        return switch (random.nextInt(24)) {
            case 0 -> Creation.notNow(Duration.ofMillis(random.nextInt(1_500)));
            case 1 -> Creation.refused("no");
            case 2 -> new Creation.Refused("not yet", true);
            case 3 -> throw new IllegalStateException("broken");
            case 4 -> Creation.created(job(), "tst-own-" + request.proposedJobId());
            default -> Creation.created(job());
        };
    }

    private Job job() {
        if (random.nextInt(3) == 0) {
            Job.AsyncJob async = this::start;
            return async;
        }
        Job.BlockingJob blocking = this::body;
        return blocking;
    }

    private Outcome body(JobContext context) {
        watch.started(engine, context);
        if (slow > 0 && random.nextInt(3) == 0) {
            machine.spend(Duration.ofMillis(random.nextInt(20)));
        }
        try {
            return outcome(context);
        } finally {
            watch.ended(context);
        }
    }

    private CompletionStage<Outcome> start(JobContext context) {
        watch.started(engine, context);
        CompletableFuture<Outcome> end = new CompletableFuture<>();
        boolean listens = random.nextInt(4) > 0;
        if (listens) {
            context.onStopRequested(() -> {
                watch.ended(context);
                end.complete(Outcome.stopped());
            });
        }
        Runnable finish = () -> {
            watch.ended(context);
            if (random.nextInt(10) == 0) {
                end.completeExceptionally(new IllegalStateException("broken later"));
            } else if (!end.isDone()) {
                end.completeAsync(() -> outcome(context), Runnable::run);
            }
        };
        if (random.nextInt(6) == 0) {
            finish.run();
        } else {
            machine.timer().schedule(finish, Duration.ofMillis(random.nextInt(slow == 2 ? 20_000 : 500)));
        }
        return end;
    }

    private Outcome outcome(JobContext context) {
        return switch (random.nextInt(16)) {
            case 0 -> Outcome.failed("no");
            case 1 -> Outcome.failedRetryably("not yet");
            case 2 -> throw new IllegalStateException("broken");
            case 3 -> Outcome.notNow(Duration.ofMillis(random.nextInt(800)));
            case 4 -> Outcome.stopped();
            default -> {
                watch.succeeds(context);
                yield Outcome.succeeded();
            }
        };
    }
}
