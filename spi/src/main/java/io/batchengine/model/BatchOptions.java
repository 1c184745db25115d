package io.batchengine.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a batch carries beside its configuration. Stored with it when it is created, so that a later change of defaults, or
 * another engine taking it over, changes nothing.
 *
 * @param retry how failed attempts are retried
 * @param jobTimeout how long one attempt may take, the creation of its job included, or null for no bound
 * @param maxFiles how many files the batch may have; with more it fails
 */
public record BatchOptions(RetryPolicy retry, @Nullable Duration jobTimeout, long maxFiles) {
    /** No retry, no timeout, and as many files as ordinals allow. */
    public static final BatchOptions DEFAULT = new BatchOptions(RetryPolicy.NONE, null, Ids.MAX_ORDINAL);

    /**
     * Checks the values.
     *
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if one is out of its range
     */
    public BatchOptions {
        if (jobTimeout != null && (jobTimeout.isNegative() || jobTimeout.isZero())) {
            throw BatchEngineException.of(
                    ErrorCode.INVALID_ARGUMENT, "jobTimeout %s is not positive".formatted(jobTimeout));
        }
        if (maxFiles < 0 || maxFiles > Ids.MAX_ORDINAL) {
            throw BatchEngineException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "maxFiles %d is not within 0 to %d".formatted(maxFiles, Ids.MAX_ORDINAL));
        }
    }

    /**
     * These options with another retry policy.
     *
     * @param policy how failed attempts are retried
     * @return the changed copy
     */
    public BatchOptions withRetry(RetryPolicy policy) {
        return new BatchOptions(policy, jobTimeout, maxFiles);
    }

    /**
     * These options with another timeout.
     *
     * @param timeout how long one attempt may take, or null for no bound
     * @return the changed copy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is not positive
     */
    public BatchOptions withJobTimeout(@Nullable Duration timeout) {
        return new BatchOptions(retry, timeout, maxFiles);
    }

    /**
     * These options with another file limit.
     *
     * @param limit how many files the batch may have
     * @return the changed copy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is negative or above {@link Ids#MAX_ORDINAL}
     */
    public BatchOptions withMaxFiles(long limit) {
        return new BatchOptions(retry, jobTimeout, limit);
    }
}
