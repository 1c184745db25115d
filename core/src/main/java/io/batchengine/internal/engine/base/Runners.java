package io.batchengine.internal.engine.base;

import io.batchengine.spi.Timer;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Where an engine's work runs.
 *
 * @param jobs runs turns of workers
 * @param parallelism how many turns it is given at a time
 * @param orchestration runs blocking calls of the store, of source directories and of listeners
 * @param timer the source of delays
 * @param handOver how tasks come from threads of callers to executors of the user's own
 * @param own the threads that are the engine's own
 */
public record Runners(Executor jobs, int parallelism, Executor orchestration, Timer timer, HandOver handOver, Own own) {
    /** The threads that an engine started and has to end. */
    public interface Own {
        /**
         * Whether there are any.
         *
         * @return false where every executor and timer was given
         */
        boolean any();

        /** Lets no new task in; interrupts nothing. */
        void shutdown();

        /**
         * Waits for the threads to end. The thread that calls may be one of them no more.
         *
         * @param timeout how long at the most
         * @return whether all have ended
         * @throws InterruptedException if the calling thread is interrupted
         */
        boolean awaitTermination(Duration timeout) throws InterruptedException;
    }
}
