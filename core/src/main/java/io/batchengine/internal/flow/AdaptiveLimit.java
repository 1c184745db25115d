package io.batchengine.internal.flow;

import io.batchengine.limits.Limits;
import java.time.Duration;

/**
 * How a job type of a project slows down when its factory says "not now", and recovers: for the time that was asked for it starts nothing;
 * its limit of jobs in flight falls to nine tenths of what was accepted, and grows by one at a time (additive increase, multiplicative
 * decrease) up to where it was refused. Where that is accepted now, more is free than was, and it grows by a tenth at a time. Confined to
 * the serial executor, except for {@link #isPaused}, which stays true until somebody has looked at the clock.
 */
final class AdaptiveLimit {
    private static final double DECREASE = 0.9;
    /** It asks for more at most once in so many waits, and in so many jobs, so that asking costs little time and few refusals. */
    private static final int WAITS_PER_INCREASE = 16;

    private static final int JOBS_PER_INCREASE = 64;
    private static final Duration LONGEST_STEP = Duration.ofMinutes(1);
    /** Who asks for no wait would otherwise be asked in a circle while it takes nothing at all. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(10);

    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    /** Without a refusal for so long, and with nothing to do, it knows nothing any more. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    private final Permits permits;
    private volatile boolean paused; // workers look
    private long pausedUntil;
    private Duration asked = Duration.ZERO;
    private int tooMany = Limits.UNLIMITED; // in flight when it was last refused
    private int accepted; // since the limit changed
    private long changedNanos;

    AdaptiveLimit(Permits permits) {
        this.permits = permits;
    }

    /**
     * An attempt was refused. The longest of several waits wins.
     *
     * @param startedNanos when the attempt began: one that began before the limit fell tells nothing new
     * @param running how many jobs were taken and run, this one aside
     */
    void refused(Duration wait, long startedNanos, int running, long nowNanos) {
        Duration bounded = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        long until = nowNanos + Math.max(bounded.toNanos(), SHORTEST_WAIT.toNanos());
        if (!paused || until - pausedUntil > 0) {
            pausedUntil = until;
            asked = bounded;
        }
        paused = true;
        boolean known = isSlowed() && startedNanos - changedNanos < 0;
        if (!known) {
            tooMany = running + 1;
            permits.limit(Math.max(1, (int) (DECREASE * running)));
            changed(nowNanos);
        }
    }

    /** Jobs were accepted and have ended. */
    void accepted(int jobs, int engineLimit, long nowNanos) {
        if (!isSlowed()) {
            return;
        }
        accepted += jobs;
        int limit = permits.limit();
        boolean binding = permits.inUse() + 1 >= limit;
        if (!binding || accepted < limit) {
            return;
        }
        if (limit >= tooMany) {
            raise(limit + Math.max(1, limit / 10), engineLimit, nowNanos);
        } else if (accepted >= JOBS_PER_INCREASE && nowNanos - changedNanos >= stepNanos()) {
            raise(limit + 1, engineLimit, nowNanos);
        }
    }

    private void raise(int limit, int engineLimit, long nowNanos) {
        permits.limit(limit > engineLimit ? Limits.UNLIMITED : limit);
        changed(nowNanos);
    }

    boolean isPaused() {
        return paused;
    }

    /** Whether its limit is below what the factory was once found to take. */
    boolean isSlowed() {
        return permits.limit() < Limits.UNLIMITED;
    }

    /** The wait that was asked for. */
    Duration asked() {
        return asked;
    }

    /** How long the pause still lasts: zero where there is none. */
    Duration left(long nowNanos) {
        if (paused && pausedUntil - nowNanos <= 0) {
            paused = false;
        }
        return paused ? Duration.ofNanos(pausedUntil - nowNanos) : Duration.ZERO;
    }

    /** Whether nothing is to be remembered of it. */
    boolean isForgotten(long nowNanos) {
        return left(nowNanos).isZero() && (!isSlowed() || nowNanos - changedNanos >= FORGOTTEN.toNanos());
    }

    private void changed(long nowNanos) {
        changedNanos = nowNanos;
        accepted = 0;
    }

    private long stepNanos() {
        return Math.min(asked.toNanos() * WAITS_PER_INCREASE, LONGEST_STEP.toNanos());
    }
}
