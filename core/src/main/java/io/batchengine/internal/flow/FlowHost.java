package io.batchengine.internal.flow;

import java.time.Duration;

/** Where the work of flow control is done. */
public interface FlowHost {
    /**
     * Makes a decision later.
     *
     * @param decision what
     * @param delay when
     */
    void later(Runnable decision, Duration delay);

    /** Something may start that could not before. */
    void dispatch();
}
