package io.batchengine.orchestration;

import io.batchengine.model.StatusReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a batch is throttled, and why: it has work, nothing in flight, and a limit keeps its next job from starting. Changes come
 * at most once in {@link Tuning#THROTTLE_DAMPING}, so that a batch does not flap between two statuses. Confined to decisions.
 *
 * <p>The limits of today are the engine's jobs in flight and the job factory's back-pressure; a further limit is a further case in
 * {@link #present}.
 */
final class Throttle {
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    private final BatchRun run;
    private boolean paused;
    private long pausedUntil;
    private Duration pause = Duration.ZERO;
    private boolean waiting;
    private long waitingSince;
    private @Nullable StatusReason shown;
    private boolean changedBefore;
    private long changedAt;
    private boolean timerSet;

    Throttle(BatchRun run) {
        this.run = run;
    }

    /** The job factory, or a job, said "not now": the longest of several waits wins. */
    void pause(Duration wait) {
        Duration bounded = wait.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait;
        long until = run.engine.nanos() + bounded.toNanos();
        if (!paused || until - pausedUntil > 0) {
            paused = true;
            pausedUntil = until;
            pause = bounded;
            run.updateGate();
            run.engine.later(this::resume, bounded);
        }
    }

    boolean isPaused() {
        return paused;
    }

    /** A turn was given: it does not wait. */
    void started() {
        waiting = false;
    }

    /** Looks whether the batch waits for a limit, and from when on it is to say so. */
    void update() {
        boolean waits = run.isWaiting();
        if (waits && !waiting) {
            waiting = true;
            waitingSince = run.engine.nanos();
        } else if (!waits) {
            waiting = false;
        }
        StatusReason present = present();
        if ((present == null) != (shown == null)) {
            long nanos = run.engine.nanos();
            long due = changedAt + Tuning.THROTTLE_DAMPING.toNanos();
            if (changedBefore && due - nanos > 0) {
                lookAgain(Duration.ofNanos(due - nanos));
            } else {
                shown = present;
                changedBefore = true;
                changedAt = nanos;
            }
        } else if (waiting && shown == null) {
            lookAgain(Tuning.THROTTLE_DAMPING);
        }
    }

    /** Why the batch is throttled, or null where it is not. */
    @Nullable
    StatusReason reason() {
        return shown;
    }

    private @Nullable StatusReason present() {
        if (paused && waiting) {
            return new StatusReason(
                    StatusReason.Code.BACK_PRESSURE,
                    "the job factory asked to wait for %s".formatted(pause),
                    run.engine.now());
        }
        // A batch that merely waits for its turn beside others has one within the damping time.
        if (waiting && run.engine.nanos() - waitingSince >= Tuning.THROTTLE_DAMPING.toNanos()) {
            if (run.engine.solitude.isWanted()) {
                return new StatusReason(
                        StatusReason.Code.RUNS_ALONE,
                        "a file that may have killed its engine runs alone",
                        run.engine.now());
            }
            return new StatusReason(
                    StatusReason.Code.ENGINE_IN_FLIGHT_LIMIT,
                    "the engine has as many jobs in flight as it may: %d, on %d workers"
                            .formatted(run.engine.permits.limit(), run.engine.runners.parallelism()),
                    run.engine.now());
        }
        return null;
    }

    private void resume() {
        long left = pausedUntil - run.engine.nanos();
        if (paused && left > 0) {
            run.engine.later(this::resume, Duration.ofNanos(left));
        } else if (paused) {
            paused = false;
            run.updateGate();
            run.changed();
        }
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
