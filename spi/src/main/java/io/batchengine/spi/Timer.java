package io.batchengine.spi;

import java.time.Duration;
import org.apiguardian.api.API;

/**
 * Runs a task later: the engine's only source of delays. Replace it, together with the clock and the ticker, to run an engine in
 * simulated time.
 *
 * <p>Threading: called by any thread. Must never run the task inside {@link #schedule}.
 *
 * <p>Evolution: new methods come with a default only.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
@FunctionalInterface
public interface Timer {
    /** A scheduled task. */
    @FunctionalInterface
    interface Timeout {
        /** Prevents the task from running, if it has not begun; calling it late or again changes nothing. */
        void cancel();
    }

    /**
     * Runs a task once, when a time has passed.
     *
     * @param task short; does not block
     * @param delay how long from now; zero and negative mean as soon as possible
     * @return to cancel it by
     */
    Timeout schedule(Runnable task, Duration delay);
}
