package io.batchengine.internal.flow;

import io.batchengine.limits.Rate;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A limit of starts per second, as the generic cell rate algorithm keeps it: one number, the time at which the bucket is full again. Any
 * thread; times are a ticker's nanoseconds.
 */
final class TokenBucket {
    /** How far the full time may lie ahead, so that the sums of ticks stay exact. */
    private static final long LONGEST_INTERVAL = Duration.ofDays(365).toNanos();

    /** A rate of zero keeps the interval and the burst from before, by which what is missing is counted until it changes again. */
    private record Shape(Rate rate, long intervalNanos, int burst) {
        static Shape of(Rate rate, @Nullable Shape before) {
            if (rate.perSecond() > 0) {
                // Rounded up: never more than the rate.
                return new Shape(
                        rate,
                        (long) Math.min((double) LONGEST_INTERVAL, Math.ceil(1e9 / rate.perSecond())),
                        rate.burst());
            }
            return before == null
                    ? new Shape(rate, LONGEST_INTERVAL, rate.burst())
                    : new Shape(rate, before.intervalNanos, before.burst);
        }

        boolean holds() {
            return rate.perSecond() == 0;
        }

        /** How long it takes to make some tokens. */
        long nanos(double tokens) {
            return (long) Math.min((double) LONGEST_INTERVAL, tokens * intervalNanos);
        }

        /** How many tokens are missing. */
        double missing(long fullAt, long nowNanos) {
            return Math.max(0, fullAt - nowNanos) / (double) intervalNanos;
        }
    }

    /** Both in one, so that nobody pays by a rate that is no longer true. */
    private record State(Shape shape, long fullAt) {}

    private final AtomicReference<@Nullable State> state; // null: no bound
    private final AtomicInteger promised = new AtomicInteger(); // to turns that are to come and have taken none yet

    TokenBucket(@Nullable Rate rate, long nowNanos) {
        this.state = new AtomicReference<>(rate == null ? null : new State(Shape.of(rate, null), nowNanos));
    }

    @Nullable
    Rate rate() {
        State s = state.get();
        return s == null ? null : s.shape.rate;
    }

    /** Takes a token, if there is one. */
    boolean tryTake(long nowNanos) {
        while (true) {
            State s = state.get();
            if (s == null) {
                return true;
            }
            if (s.shape.holds() || s.fullAt - s.shape.nanos(s.shape.burst - 1) - nowNanos > 0) {
                return false;
            }
            long from = s.fullAt - nowNanos > 0 ? s.fullAt : nowNanos;
            if (state.compareAndSet(s, new State(s.shape, from + s.shape.intervalNanos))) {
                return true;
            }
        }
    }

    /** Puts a token back that was not used. */
    void giveBack() {
        state.updateAndGet(
                s -> s == null || s.shape.holds() ? s : new State(s.shape, s.fullAt - s.shape.intervalNanos));
    }

    /** Keeps a token for a turn that is to come. */
    void promise() {
        promised.incrementAndGet();
    }

    /** The turn has come, and takes what it needs. */
    void arrived() {
        promised.decrementAndGet();
    }

    /** How long it takes until there is a token that nobody was promised: zero where there is one, null where there will be none. */
    @Nullable
    Duration untilToken(long nowNanos) {
        State s = state.get();
        if (s == null) {
            return Duration.ZERO;
        }
        if (s.shape.holds()) {
            return null;
        }
        long from = promised.get() > 0 && s.fullAt - nowNanos < 0 ? nowNanos : s.fullAt;
        long wait = from + s.shape.nanos(promised.get()) - s.shape.nanos(s.shape.burst - 1) - nowNanos;
        return Duration.ofNanos(Math.max(0, wait));
    }

    /** Whether nothing is to be remembered of it. */
    boolean isFull(long nowNanos) {
        State s = state.get();
        return s == null || s.fullAt - nowNanos <= 0;
    }

    /** Changes the rate; the tokens that are there stay, as far as the new burst has room. By decisions only. */
    void rate(@Nullable Rate rate, long nowNanos) {
        state.updateAndGet(before -> {
            if (rate == null) {
                return null;
            }
            Shape shape = Shape.of(rate, before == null ? null : before.shape);
            if (before == null || shape.holds()) {
                return new State(shape, before == null ? nowNanos : before.fullAt);
            }
            double there = before.shape.burst - before.shape.missing(before.fullAt, nowNanos);
            return new State(shape, nowNanos + shape.nanos(Math.max(0, shape.burst - there)));
        });
    }
}
