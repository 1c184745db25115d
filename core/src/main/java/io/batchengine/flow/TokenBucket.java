package io.batchengine.flow;

import io.batchengine.limits.Rate;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A limit of starts per second, as the generic cell rate algorithm keeps it: one number, the time at which the bucket is full again. Any
 * thread; times are a ticker's nanoseconds.
 */
final class TokenBucket {
    /** How far the full time may lie ahead, so that the sums of ticks stay exact. */
    private static final long LONGEST_INTERVAL = Duration.ofDays(365).toNanos();

    private record Shape(Rate rate, long intervalNanos, long toleranceNanos) {
        static @Nullable Shape of(@Nullable Rate rate) {
            if (rate == null) {
                return null;
            }
            long interval = rate.perSecond() == 0
                    ? LONGEST_INTERVAL
                    : Math.min(LONGEST_INTERVAL, Math.round(1e9 / rate.perSecond()));
            long tolerance = Math.min(
                    LONGEST_INTERVAL, (rate.burst() - 1) * Math.min(interval, LONGEST_INTERVAL / rate.burst()));
            return new Shape(rate, interval, tolerance);
        }

        boolean holds() {
            return rate.perSecond() == 0;
        }
    }

    private final AtomicLong fullAt;
    private volatile @Nullable Shape shape;

    TokenBucket(@Nullable Rate rate, long nowNanos) {
        this.fullAt = new AtomicLong(nowNanos);
        this.shape = Shape.of(rate);
    }

    @Nullable
    Rate rate() {
        Shape s = shape;
        return s == null ? null : s.rate;
    }

    /** Takes a token, if there is one. */
    boolean tryTake(long nowNanos) {
        Shape s = shape;
        if (s == null) {
            return true;
        }
        if (s.holds()) {
            return false;
        }
        while (true) {
            long full = fullAt.get();
            if (full - s.toleranceNanos - nowNanos > 0) {
                return false;
            }
            long from = full - nowNanos > 0 ? full : nowNanos;
            if (fullAt.compareAndSet(full, from + s.intervalNanos)) {
                return true;
            }
        }
    }

    /** Puts a token back that was not used. */
    void giveBack() {
        Shape s = shape;
        if (s != null && !s.holds()) {
            fullAt.addAndGet(-s.intervalNanos);
        }
    }

    /** How long it takes until there is a token: zero where there is one, null where there will be none. */
    @Nullable
    Duration untilToken(long nowNanos) {
        Shape s = shape;
        if (s == null) {
            return Duration.ZERO;
        }
        return s.holds() ? null : Duration.ofNanos(Math.max(0, fullAt.get() - s.toleranceNanos - nowNanos));
    }

    /** Whether nothing is to be remembered of it. */
    boolean isFull(long nowNanos) {
        Shape s = shape;
        return s == null || s.holds() || fullAt.get() - nowNanos <= 0;
    }

    /** Changes the rate; what is missing in the bucket stays missing, in tokens. By decisions only. */
    void rate(@Nullable Rate rate, long nowNanos) {
        Shape before = shape;
        Shape after = Shape.of(rate);
        if (before != null && after != null && !before.holds()) {
            double missing = Math.max(0, fullAt.get() - nowNanos) / (double) before.intervalNanos;
            long left = (long) Math.min(missing * after.intervalNanos, (double) LONGEST_INTERVAL);
            fullAt.set(nowNanos + left);
        } else {
            fullAt.set(nowNanos);
        }
        shape = after;
    }
}
