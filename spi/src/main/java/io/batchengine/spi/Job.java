package io.batchengine.spi;

import java.util.concurrent.CompletionStage;
import org.apiguardian.api.API;

/**
 * A job, ready to start: its body runs on the calling thread, or completes later.
 *
 * <p>New kinds of jobs may be added. Code that runs jobs refuses a kind that it does not know.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public sealed interface Job {
    /**
     * A job whose body blocks a worker thread until it ends.
     *
     * <p>Whatever it throws is a failure with the exception's message: an {@link Exception} may be retried, an {@link Error} is not. What
     * it throws after it was asked to stop is taken as {@link Outcome#stopped()}.
     */
    @FunctionalInterface
    non-sealed interface BlockingJob extends Job {
        /**
         * Does the work.
         *
         * @param context what the job runs for
         * @return the outcome; null is a failure
         * @throws Exception a failure; retried where the batch's policy allows it
         */
        Outcome run(JobContext context) throws Exception;
    }

    /**
     * A job that starts something and completes later, holding no thread meanwhile.
     *
     * <p>A stage that completes exceptionally is a failure, as if a blocking job had thrown; after it was asked to stop it is taken as
     * {@link Outcome#stopped()}. Completing again changes nothing.
     */
    @FunctionalInterface
    non-sealed interface AsyncJob extends Job {
        /**
         * Starts the work. Called on a worker thread; must not block.
         *
         * @param context what the job runs for
         * @return completes with the outcome, on any thread; null, as stage or as outcome, is a failure
         * @throws Exception a failure; retried where the batch's policy allows it
         */
        CompletionStage<Outcome> start(JobContext context) throws Exception;
    }

    /**
     * A blocking job, for use with a lambda.
     *
     * @param body does the work
     * @return the same
     */
    static BlockingJob blocking(BlockingJob body) {
        return body;
    }

    /**
     * An asynchronous job, for use with a lambda.
     *
     * @param body starts the work
     * @return the same
     */
    static AsyncJob async(AsyncJob body) {
        return body;
    }
}
