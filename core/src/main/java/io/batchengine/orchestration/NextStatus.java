package io.batchengine.orchestration;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.StatusReason;
import org.jspecify.annotations.Nullable;

/** The status that the next commit of a batch is to carry, and why. Confined to the serial executor. */
final class NextStatus {
    private final BatchRun run;
    private final Throttle throttle;
    private @Nullable StatusReason failure;

    NextStatus(BatchRun run, Throttle throttle) {
        this.run = run;
        this.throttle = throttle;
    }

    /** The orchestration can't go on. */
    void failed(StatusReason why) {
        failure = why;
    }

    BatchStatus of(boolean allSettled) {
        BatchStatus now = run.durable().state().status();
        return switch (run.phase()) {
            case GONE -> now;
            case CANCELLING -> run.mayEnd() ? BatchStatus.CANCELLED : ending(now);
            case FAILING -> run.mayEnd() ? BatchStatus.FAILED : ending(now);
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

    /** While files that wait in the store are settled no limit holds the batch, whatever held it before. */
    private BatchStatus ending(BatchStatus now) {
        return now == BatchStatus.THROTTLED && run.inFlight.isQuiet() ? BatchStatus.RUNNING : now;
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
