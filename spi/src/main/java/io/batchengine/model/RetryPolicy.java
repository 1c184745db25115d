package io.batchengine.model;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * How failed attempts of a job are retried: exponential backoff with full jitter. The wait before attempt {@code n + 1} is
 * drawn evenly from zero to {@code min(maxBackoff, initialBackoff * 2^(n-1))}. It holds no thread; attempts and due times are recorded,
 * so that a restart changes neither.
 *
 * @param maxAttempts how often a job body is started at the most, the first time included; 1 means no retry
 * @param initialBackoff the upper end of the first wait; not negative
 * @param maxBackoff the longest wait; not below the first
 * @param retryOn which failures are retried; any other settles its file at once. Immutable, in the order of their declaration
 */
public record RetryPolicy(int maxAttempts, Duration initialBackoff, Duration maxBackoff, Set<Failure> retryOn) {
    /** How an attempt may fail so that another one could do better. */
    public enum Failure {
        /** The creation of the job was refused, retryably, or threw. */
        CREATION,
        /** The job failed, retryably, or threw. */
        EXECUTION,
        /** The attempt ran past the batch's timeout for jobs, and was asked to stop; whatever it said then, unless it succeeded. */
        TIMEOUT
    }

    private static final Set<Failure> ALL = Collections.unmodifiableSet(EnumSet.allOf(Failure.class));

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
                    ErrorCode.INVALID_ARGUMENT, Text.format("maxAttempts %d is not within 1 to 1000", maxAttempts));
        }
        if (initialBackoff.isNegative() || maxBackoff.compareTo(initialBackoff) < 0) {
            throw BatchEngineException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    Text.format(
                            "backoff from %s to %s: the first must not be negative, the second not below it",
                            initialBackoff, maxBackoff));
        }
        if (maxBackoff.compareTo(Duration.ofDays(30)) > 0) {
            throw BatchEngineException.of(
                    ErrorCode.INVALID_ARGUMENT, Text.format("maxBackoff %s is above 30 days", maxBackoff));
        }
        EnumSet<Failure> inOrder = EnumSet.noneOf(Failure.class);
        inOrder.addAll(retryOn);
        retryOn = Collections.unmodifiableSet(inOrder);
    }

    /**
     * Retries every kind of failure.
     *
     * @param maxAttempts how often a job body is started at the most, the first time included
     * @param initialBackoff the upper end of the first wait
     * @param maxBackoff the longest wait
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if one is out of its range
     */
    public RetryPolicy(int maxAttempts, Duration initialBackoff, Duration maxBackoff) {
        this(maxAttempts, initialBackoff, maxBackoff, ALL);
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

    /**
     * This policy for some kinds of failure alone.
     *
     * @param failures which are retried; none means that nothing is
     * @return the changed copy
     */
    public RetryPolicy withRetryOn(Set<Failure> failures) {
        return new RetryPolicy(maxAttempts, initialBackoff, maxBackoff, failures);
    }
}
