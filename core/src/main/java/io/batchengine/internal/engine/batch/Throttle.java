package io.batchengine.internal.engine.batch;

import io.batchengine.internal.engine.base.Tuning;
import io.batchengine.internal.engine.job.InFlight;
import io.batchengine.internal.flow.LimitReason;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.StatusReason;
import io.batchengine.model.Text;
import io.batchengine.spi.store.BatchState;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a batch is throttled, and why: it has work, nothing in flight, and a limit keeps its next job from starting. Changes come
 * at most once in {@link Tuning#THROTTLE_DAMPING}, so that a batch does not flap between two statuses. Confined to the serial executor, except for
 * {@link #reason}.
 */
final class Throttle {
    private final RunState run;
    private final InFlight inFlight;
    private final Work work;
    private final Supplier<@Nullable LimitReason> limit;
    private final BooleanSupplier isolation;
    private boolean waiting;
    private long waitingSince;
    private volatile @Nullable StatusReason shown;
    private @Nullable LimitReason told; // of which a message was made last
    private boolean changedBefore;
    private long changedAt;
    private boolean timerSet;

    /**
     * Of a batch that is taken up; one that comes as THROTTLED changes by that. It asks which limit holds the batch, and whether a file of
     * some batch runs in isolation.
     */
    Throttle(
            RunState run,
            InFlight inFlight,
            Work work,
            Supplier<@Nullable LimitReason> limit,
            BooleanSupplier isolation) {
        this.run = run;
        this.inFlight = inFlight;
        this.work = work;
        this.limit = limit;
        this.isolation = isolation;
        this.changedBefore = run.durable().state().status() == BatchStatus.THROTTLED;
        this.changedAt = run.engine.nanos();
    }

    /** A turn was given: it does not wait. */
    void started() {
        waiting = false;
    }

    /** Looks whether the batch waits for a limit, and from when on it is to say so. */
    void update() {
        long nanos = run.engine.nanos();
        boolean waits = run.isActive() && inFlight.isQuiet() && work.isReady();
        if (waits && !waiting) {
            waitingSince = nanos;
        }
        waiting = waits;
        StatusReason before = shown;
        StatusReason present = waiting ? present(nanos, before) : null;
        if (codeOf(present) == codeOf(before)) {
            shown = present; // it may know better when it moves on
        } else if (changedBefore && changedAt + Tuning.THROTTLE_DAMPING.toNanos() - nanos > 0) {
            lookAgain(Duration.ofNanos(changedAt + Tuning.THROTTLE_DAMPING.toNanos() - nanos));
        } else {
            shown = present;
            changedBefore = true;
            changedAt = nanos;
        }
        if (waiting) {
            lookAgain(Tuning.THROTTLE_DAMPING);
        }
    }

    /** Why the batch is throttled, or null where it is not. Any thread. */
    @Nullable
    StatusReason reason() {
        return shown;
    }

    /** Whether the limit that the batch waits for is another one than is recorded. */
    boolean hasNewReason() {
        StatusReason present = shown;
        BatchState recorded = run.durable().state();
        return run.isActive()
                && recorded.status() == BatchStatus.THROTTLED
                && present != null
                && codeOf(recorded.reason()) != present.code();
    }

    private @Nullable StatusReason present(long nanos, @Nullable StatusReason before) {
        LimitReason reached = limit.get();
        if (reached != null && reached.code() == StatusReason.Code.BACK_PRESSURE) {
            return reason(reached, before);
        }
        // A batch that merely waits for its turn beside others has one within the damping time.
        if (nanos - waitingSince < Tuning.THROTTLE_DAMPING.toNanos()) {
            return null;
        }
        if (isolation.getAsBoolean()) {
            return reason(
                    new LimitReason(
                            StatusReason.Code.RUNS_ALONE,
                            1,
                            () -> "a file that may have killed its engine runs alone",
                            null),
                    before);
        }
        if (reached != null) {
            return reason(reached, before);
        }
        int workers = run.engine.runners.parallelism();
        return reason(
                new LimitReason(
                        StatusReason.Code.ENGINE_IN_FLIGHT_LIMIT,
                        -workers, // apart from the limit
                        () -> Text.format("all %d workers of the engine have other jobs", workers),
                        null),
                before);
    }

    private StatusReason reason(LimitReason reached, @Nullable StatusReason before) {
        Instant now = run.engine.now();
        StatusReason same = before != null && before.code() == reached.code() ? before : null;
        Instant since = same == null ? now : same.since();
        Duration left = reached.left();
        String message = reached.message(told, same == null ? null : same.message());
        told = reached;
        return StatusReason.of(reached.code(), message, since).withUntil(left == null ? null : now.plus(left));
    }

    private static StatusReason.@Nullable Code codeOf(@Nullable StatusReason reason) {
        return reason == null ? null : reason.code();
    }

    private void lookAgain(Duration wait) {
        if (!timerSet) {
            timerSet = true;
            run.engine.later(
                    () -> {
                        timerSet = false;
                        run.changed();
                    },
                    wait);
        }
    }
}
