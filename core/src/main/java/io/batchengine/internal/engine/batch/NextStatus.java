package io.batchengine.internal.engine.batch;

import io.batchengine.internal.engine.job.InFlight;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.StatusReason;
import org.jspecify.annotations.Nullable;

/** The status that the next commit of a batch is to carry, and why. Confined to the serial executor. */
final class NextStatus {
    private final RunState run;
    private final Throttle throttle;
    private final InFlight inFlight;
    private final DelayedFiles delayed;
    private @Nullable StatusReason failure;

    NextStatus(RunState run, Throttle throttle, InFlight inFlight, DelayedFiles delayed) {
        this.run = run;
        this.throttle = throttle;
        this.inFlight = inFlight;
        this.delayed = delayed;
    }

    /** The orchestration can't go on. */
    void failed(StatusReason why) {
        failure = why;
    }

    BatchStatus of(boolean allSettled) {
        BatchStatus now = run.durable().state().status();
        return switch (run.phase()) {
            case GONE -> now;
            case CANCELLING -> mayEnd() ? BatchStatus.CANCELLED : ending(now);
            case FAILING -> mayEnd() ? BatchStatus.FAILED : ending(now);
            case RELEASING -> {
                BatchStatus end = failure == null ? BatchStatus.COMPLETED : BatchStatus.FAILED;
                yield allSettled && now == BatchStatus.RUNNING ? end : now;
            }
            case ACTIVE -> {
                if (allSettled) {
                    yield now == BatchStatus.RUNNING ? BatchStatus.COMPLETED : BatchStatus.RUNNING;
                }
                yield throttle.reason() != null ? BatchStatus.THROTTLED : BatchStatus.RUNNING;
            }
        };
    }

    /** Whether nothing of it runs, and nothing waits that has to be settled before it ends. */
    private boolean mayEnd() {
        return inFlight.isQuiet() && delayed.isEmpty();
    }

    /** While files that wait in the store are settled no limit holds the batch, whatever held it before. */
    private BatchStatus ending(BatchStatus now) {
        return now == BatchStatus.THROTTLED && inFlight.isQuiet() ? BatchStatus.RUNNING : now;
    }

    /** Whether the limit that the batch waits for is another one than is recorded. */
    boolean hasNewReason() {
        return throttle.hasNewReason();
    }

    /** Why, for a status that needs a reason. */
    @Nullable
    StatusReason reasonFor(BatchStatus status) {
        return switch (status) {
            case FAILED -> failure;
            case THROTTLED -> {
                StatusReason reason = throttle.reason();
                yield reason != null ? reason : run.durable().state().reason();
            }
            default -> null;
        };
    }
}
