package io.batchengine.spi;

import java.time.Duration;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A job factory's answer to a request. Create one with the static methods.
 *
 * <p>The components of each answer are fixed. What is new comes as another kind of answer: have a default branch.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public sealed interface JobCreation {
    /**
     * There is a job.
     *
     * @param job the job, ready to start
     * @param jobId an id of the factory's own, or null for the proposed one. An own id must begin with the type's prefix
     */
    record Created(Job job, @Nullable String jobId) implements JobCreation {}

    /**
     * Not the time for it: the file is put back without losing its place or an attempt, and the engine starts nothing of this job type
     * in this project until the time is over; the longest of several waits wins. Then fewer such jobs than were accepted are in flight at
     * a time, and step by step more again.
     *
     * @param retryAfter how long to wait; not negative
     */
    record NotNow(Duration retryAfter) implements JobCreation {}

    /**
     * There can be no job for this file: a mapping error.
     *
     * @param message why, for people; kept up to 2,000 characters, control characters escaped
     * @param retryable whether another attempt may do better; it is made where the batch's retry policy allows one
     */
    record Refused(String message, boolean retryable) implements JobCreation {}

    /**
     * A job with the proposed id.
     *
     * @param job the job, ready to start
     * @return the answer; may be shared between requests if the job may
     */
    static JobCreation created(Job job) {
        return new Created(job, null);
    }

    /**
     * A job with an id of the factory's own.
     *
     * @param job the job, ready to start
     * @param jobId the id, beginning with the type's prefix; the same for the same proposed id
     * @return the answer
     */
    static JobCreation created(Job job, String jobId) {
        return new Created(job, jobId);
    }

    /**
     * Not the time for it.
     *
     * @param retryAfter how long to wait; not negative
     * @return the answer
     */
    static JobCreation notNow(Duration retryAfter) {
        return new NotNow(retryAfter);
    }

    /**
     * There can be no job for this file.
     *
     * @param message why, for people
     * @return the answer
     */
    static JobCreation refused(String message) {
        return new Refused(message, false);
    }
}
