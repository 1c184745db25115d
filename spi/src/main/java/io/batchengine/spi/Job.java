package io.batchengine.spi;

import java.util.concurrent.CompletionStage;

/** A job, ready to start: its body runs on the calling thread, or completes later. */
public sealed interface Job {
    /**
     * A job whose body blocks a worker thread until it ends.
     *
     * <p>Whatever it throws is a failure that is not retried, with the exception's message; an {@link InterruptedException} after a
     * stop request is {@link Outcome#stopped()}.
     */
    @FunctionalInterface
    non-sealed interface BlockingJob extends Job {
        /**
         * Does the work.
         *
         * @param context what the job runs for
         * @return the outcome; null is a failure
         * @throws Exception a failure that is not retried
         */
        Outcome run(JobContext context) throws Exception;
    }

    /**
     * A job that starts something and completes later, holding no thread meanwhile.
     *
     * <p>A stage that completes exceptionally is a failure that is not retried; one that is cancelled after a stop request is
     * {@link Outcome#stopped()}. Completing again changes nothing.
     */
    @FunctionalInterface
    non-sealed interface AsyncJob extends Job {
        /**
         * Starts the work. Called on a worker thread; must not block.
         *
         * @param context what the job runs for
         * @return completes with the outcome, on any thread; null, as stage or as outcome, is a failure
         * @throws Exception a failure that is not retried
         */
        CompletionStage<Outcome> start(JobContext context) throws Exception;
    }
}
