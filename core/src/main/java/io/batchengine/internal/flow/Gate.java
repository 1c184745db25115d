package io.batchengine.internal.flow;

import io.batchengine.limits.Rate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Limits that several batches share: of an engine, a project, a job type, or a job type of a project. Workers take from it; whether it is
 * closed, so that nobody asks it in vain, is confined to the serial executor.
 */
class Gate {
    final Permits permits;
    final TokenBucket tokens;
    private boolean closed;
    private boolean timerSet;
    private long timerAt;

    Gate(int maxInFlight, @Nullable Rate rate, long nowNanos) {
        this.permits = new Permits(maxInFlight);
        this.tokens = new TokenBucket(rate, nowNanos);
    }

    boolean isClosed() {
        return closed;
    }

    /** How long it takes until it lets a job start by itself: zero where it does now, null where that is not known. */
    @Nullable
    Duration untilOpen(long nowNanos) {
        return tokens.untilToken(nowNanos);
    }

    /** Lets nobody ask until it is opened; by itself where its time is known. */
    void close(long nowNanos, FlowHost host) {
        set(true);
        Duration wait = untilOpen(nowNanos);
        if (wait == null || wait.isZero()) {
            return;
        }
        long at = nowNanos + wait.toNanos();
        if (!timerSet || at - timerAt < 0) {
            timerSet = true;
            timerAt = at;
            host.later(() -> timeOver(at, host), wait);
        }
    }

    private void timeOver(long at, FlowHost host) {
        if (timerSet && timerAt == at) { // or an earlier one has taken its queued
            timerSet = false;
            open();
            host.dispatch();
        }
    }

    /** Lets it be asked again. */
    void open() {
        if (closed) {
            set(false);
        }
    }

    private void set(boolean value) {
        closed = value;
        changed();
    }

    /** It was opened or closed. */
    void changed() {}
}
