package io.batchengine.spi;

import java.time.Duration;
import org.apiguardian.api.API;

/**
 * How an attempt of a job ended. Create one with the static methods.
 *
 * <p>The components of each outcome are fixed. What is new comes as another kind of outcome: have a default branch.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public sealed interface Outcome {
    /** The job did its work. */
    record Succeeded() implements Outcome {
        private static final Succeeded INSTANCE = new Succeeded();
    }

    /**
     * The job failed.
     *
     * @param message why, for people; kept up to 2,000 characters, control characters escaped
     * @param retryable whether another attempt may do better; it is made where the batch's retry policy allows one
     */
    record Failed(String message, boolean retryable) implements Outcome {}

    /**
     * The job could not start now, for example since a remote service is at its limit. As {@link JobCreation.NotNow}: the file is put back
     * without losing its place or an attempt, and the engine starts nothing of this job type in this project until the time is over.
     *
     * @param retryAfter how long to wait; not negative
     */
    record NotNow(Duration retryAfter) implements Outcome {}

    /** The job stopped since it was asked to. */
    record Stopped() implements Outcome {
        private static final Stopped INSTANCE = new Stopped();
    }

    /**
     * The job did its work.
     *
     * @return the outcome
     */
    static Outcome succeeded() {
        return Succeeded.INSTANCE;
    }

    /**
     * The job failed, and another attempt would fail too.
     *
     * @param message why, for people
     * @return the outcome
     */
    static Outcome failed(String message) {
        return new Failed(message, false);
    }

    /**
     * The job failed, and another attempt may do better.
     *
     * @param message why, for people
     * @return the outcome
     */
    static Outcome failedRetryably(String message) {
        return new Failed(message, true);
    }

    /**
     * The job could not start now.
     *
     * @param retryAfter how long to wait; not negative
     * @return the outcome
     */
    static Outcome notNow(Duration retryAfter) {
        return new NotNow(retryAfter);
    }

    /**
     * The job stopped since it was asked to.
     *
     * @return the outcome
     */
    static Outcome stopped() {
        return Stopped.INSTANCE;
    }
}
