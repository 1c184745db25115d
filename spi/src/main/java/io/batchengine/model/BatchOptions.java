package io.batchengine.model;

import java.time.Duration;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What a batch carries beside its configuration. Stored with it when it is created, so that a later change of defaults, or
 * another engine taking it over, changes nothing. Start from {@link #DEFAULT} and change it with the {@code with} methods.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class BatchOptions {
    /** The priority with the smallest share. */
    public static final int LOWEST_PRIORITY = 1;
    /** The priority of batches that are given none. */
    public static final int DEFAULT_PRIORITY = 5;
    /** The priority with the largest share. */
    public static final int HIGHEST_PRIORITY = 9;
    /** Where batches wait to be claimed, each step of priority counts as if the batch had been created this much earlier. */
    public static final Duration PRIORITY_HEAD_START = Duration.ofMinutes(10);

    /** No retry, no timeout, as many files as ordinals allow, all of which may fail, and the priority in the middle. */
    public static final BatchOptions DEFAULT =
            new BatchOptions(RetryPolicy.NONE, null, Ids.MAX_ORDINAL, FailureTolerance.ALL, DEFAULT_PRIORITY);

    private final RetryPolicy retry;
    private final @Nullable Duration jobTimeout;
    private final long maxFiles;
    private final FailureTolerance tolerance;
    private final int priority;

    private BatchOptions(
            RetryPolicy retry, @Nullable Duration jobTimeout, long maxFiles, FailureTolerance tolerance, int priority) {
        if (jobTimeout != null && (jobTimeout.isNegative() || jobTimeout.isZero())) {
            throw BatchEngineException.of(
                    ErrorCode.INVALID_ARGUMENT, Text.format("jobTimeout %s is not positive", jobTimeout));
        }
        if (maxFiles < 0 || maxFiles > Ids.MAX_ORDINAL) {
            throw BatchEngineException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    Text.format("maxFiles %d is not within 0 to %d", maxFiles, Ids.MAX_ORDINAL));
        }
        if (priority < LOWEST_PRIORITY || priority > HIGHEST_PRIORITY) {
            throw BatchEngineException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    Text.format("priority %d is not within %d to %d", priority, LOWEST_PRIORITY, HIGHEST_PRIORITY));
        }
        this.retry = retry;
        this.jobTimeout = jobTimeout;
        this.maxFiles = maxFiles;
        this.tolerance = tolerance;
        this.priority = priority;
    }

    /** {@return how failed attempts are retried} */
    public RetryPolicy retry() {
        return retry;
    }

    /** {@return how long one attempt may take, the creation of its job included, or null for no bound} */
    public @Nullable Duration jobTimeout() {
        return jobTimeout;
    }

    /** {@return how many files the batch may have; with more it fails} */
    public long maxFiles() {
        return maxFiles;
    }

    /** {@return how many files may fail before the batch fails} */
    public FailureTolerance tolerance() {
        return tolerance;
    }

    /**
     * {@return the priority, {@value #LOWEST_PRIORITY} to {@value #HIGHEST_PRIORITY}} Running batches of a project share its slots
     * by their {@link #weight}; a batch of low priority gets a smaller share, but never starves. Waiting batches of a
     * project are claimed by it too: each step up is a {@link #PRIORITY_HEAD_START}, so that a batch of low priority
     * is overtaken for a while, but not for ever. Batches of other projects are not affected.
     */
    public int priority() {
        return priority;
    }

    /**
     * Returns the weight that the priority gives a running batch. Two batches of one project and job type that both have files to start get
     * slots in proportion to their weights: each step of priority doubles the share.
     *
     * @return 1 for {@link #DEFAULT_PRIORITY}, twice as much for each step up, half as much for each step down
     */
    public double weight() {
        return Math.scalb(1.0, priority - DEFAULT_PRIORITY);
    }

    /**
     * These options with another retry policy.
     *
     * @param policy how failed attempts are retried
     * @return the changed copy
     */
    public BatchOptions withRetry(RetryPolicy policy) {
        return new BatchOptions(policy, jobTimeout, maxFiles, tolerance, priority);
    }

    /**
     * These options with another timeout.
     *
     * @param timeout how long one attempt may take, or null for no bound
     * @return the changed copy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is not positive
     */
    public BatchOptions withJobTimeout(@Nullable Duration timeout) {
        return new BatchOptions(retry, timeout, maxFiles, tolerance, priority);
    }

    /**
     * These options with another file limit.
     *
     * @param limit how many files the batch may have
     * @return the changed copy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is negative or above {@link Ids#MAX_ORDINAL}
     */
    public BatchOptions withMaxFiles(long limit) {
        return new BatchOptions(retry, jobTimeout, limit, tolerance, priority);
    }

    /**
     * These options with another tolerance.
     *
     * @param failures how many files may fail before the batch fails
     * @return the changed copy
     */
    public BatchOptions withTolerance(FailureTolerance failures) {
        return new BatchOptions(retry, jobTimeout, maxFiles, failures, priority);
    }

    /**
     * These options with another priority.
     *
     * @param value {@link #LOWEST_PRIORITY} to {@link #HIGHEST_PRIORITY}
     * @return the changed copy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is out of that range
     */
    public BatchOptions withPriority(int value) {
        return new BatchOptions(retry, jobTimeout, maxFiles, tolerance, value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BatchOptions that
                && retry.equals(that.retry)
                && Objects.equals(jobTimeout, that.jobTimeout)
                && maxFiles == that.maxFiles
                && tolerance.equals(that.tolerance)
                && priority == that.priority;
    }

    @Override
    public int hashCode() {
        return Objects.hash(retry, jobTimeout, maxFiles, tolerance, priority);
    }

    @Override
    public String toString() {
        return Text.format(
                "BatchOptions[retry=%s, jobTimeout=%s, maxFiles=%s, tolerance=%s, priority=%s]",
                retry, jobTimeout, maxFiles, tolerance, priority);
    }
}
