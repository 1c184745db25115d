package io.batchengine.model;

import java.time.Duration;

/**
 * How failed attempts of a job are retried: exponential backoff with full jitter. The wait before attempt {@code n + 1} is
 * drawn evenly from zero to {@code min(maxBackoff, initialBackoff * 2^(n-1))}.
 *
 * @param maxAttempts how often a job body is started at the most, the first time included; 1 means no retry
 * @param initialBackoff the upper end of the first wait; not negative
 * @param maxBackoff the longest wait; not below the first
 */
public record RetryPolicy(int maxAttempts, Duration initialBackoff, Duration maxBackoff) {
    /** No retry: each job is started once. */
    public static final RetryPolicy NONE = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

    /**
     * Checks the values.
     *
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if one is out of its range
     */
    public RetryPolicy {
        if (maxAttempts < 1 || maxAttempts > 1_000) {
            throw BatchEngineException.of(
                    ErrorCode.INVALID_ARGUMENT, "maxAttempts %d is not within 1 to 1000".formatted(maxAttempts));
        }
        if (initialBackoff.isNegative() || maxBackoff.compareTo(initialBackoff) < 0) {
            throw BatchEngineException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "backoff from %s to %s: the first must not be negative, the second not below it"
                            .formatted(initialBackoff, maxBackoff));
        }
        if (maxBackoff.compareTo(Duration.ofDays(30)) > 0) {
            throw BatchEngineException.of(
                    ErrorCode.INVALID_ARGUMENT, "maxBackoff %s is above 30 days".formatted(maxBackoff));
        }
    }

    /**
     * Retries with a first wait of up to a second, and of up to a minute later.
     *
     * @param maxAttempts how often a job body is started at the most
     * @return the policy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if {@code maxAttempts} is not within 1 to 1000
     */
    public static RetryPolicy of(int maxAttempts) {
        return new RetryPolicy(maxAttempts, Duration.ofSeconds(1), Duration.ofMinutes(1));
    }
}
