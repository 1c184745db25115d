package io.batchengine.internal.flow;

import java.util.ArrayList;
import java.util.List;

/** What all places of an engine share: its own limit, and which limits were lowered below what is in flight. */
final class EngineGates {
    /** The engine's own. */
    final Gate engine;
    /** Stands for a batch's own limit, which nobody shares. */
    final Gate none;

    private final List<Permits> over =
            new ArrayList<>(); // that more are in use of than may be; confined to the serial executor
    private volatile boolean lowered; // whether there are any

    EngineGates(int maxInFlight, long nowNanos) {
        this.engine = new Gate(maxInFlight, null, nowNanos);
        this.none = new Gate(0, null, nowNanos);
    }

    /** Whether any limit is below what is in flight. Any thread. */
    boolean isAnyOver() {
        return lowered;
    }

    /** Changes a limit. After all that are changed together comes {@link #changed}. */
    void change(Permits permits, int limit) {
        permits.limit(limit);
        if (permits.isOver()) {
            over.add(permits);
        }
    }

    void changing() {
        over.clear();
    }

    void changed() {
        lowered = !over.isEmpty();
    }

    /** Something was given back. */
    void released() {
        if (lowered) {
            over.removeIf(permits -> !permits.isOver());
            changed();
        }
    }
}
