package io.batchengine.model;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * How failed attempts of a job are retried: exponential backoff with full jitter. The wait before attempt {@code n + 1} is
 * drawn evenly from zero to {@code min(maxBackoff, initialBackoff * 2^(n-1))}. It holds no thread; attempts and due times are recorded,
 * so that a restart changes neither.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class RetryPolicy {
    /** How an attempt may fail so that another one could do better. New values may be added: have a default branch. */
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
    public static final RetryPolicy NONE = new RetryPolicy(1, Duration.ZERO, Duration.ZERO, ALL);

    private final int maxAttempts;
    private final Duration initialBackoff;
    private final Duration maxBackoff;
    private final Set<Failure> retryOn;

    private RetryPolicy(int maxAttempts, Duration initialBackoff, Duration maxBackoff, Set<Failure> retryOn) {
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
        this.maxAttempts = maxAttempts;
        this.initialBackoff = initialBackoff;
        this.maxBackoff = maxBackoff;
        this.retryOn = Collections.unmodifiableSet(inOrder);
    }

    /** {@return how often a job body is started at most, the first time included; 1 means no retry} */
    public int maxAttempts() {
        return maxAttempts;
    }

    /** {@return the upper end of the first wait; not negative} */
    public Duration initialBackoff() {
        return initialBackoff;
    }

    /** {@return the longest wait; not below the first} */
    public Duration maxBackoff() {
        return maxBackoff;
    }

    /**
     * {@return the failures that are retried, in the order of their declaration; any other settles its file at once} The
     * set is immutable.
     */
    public Set<Failure> retryOn() {
        return retryOn;
    }

    /**
     * Retries every kind of failure, with a first wait of up to a second, and of up to a minute later.
     *
     * @param maxAttempts how often a job body is started at the most
     * @return the policy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if {@code maxAttempts} is not within 1 to 1000
     */
    public static RetryPolicy of(int maxAttempts) {
        return new RetryPolicy(maxAttempts, Duration.ofSeconds(1), Duration.ofMinutes(1), ALL);
    }

    /**
     * This policy with another number of attempts.
     *
     * @param attempts how often a job body is started at the most, the first time included
     * @return the changed copy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is not within 1 to 1000
     */
    public RetryPolicy withMaxAttempts(int attempts) {
        return new RetryPolicy(attempts, initialBackoff, maxBackoff, retryOn);
    }

    /**
     * This policy with other waits.
     *
     * @param initial the upper end of the first wait
     * @param most the longest wait
     * @return the changed copy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if the first is negative, or the longest is below it or above 30 days
     */
    public RetryPolicy withBackoff(Duration initial, Duration most) {
        return new RetryPolicy(maxAttempts, initial, most, retryOn);
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

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RetryPolicy that
                && maxAttempts == that.maxAttempts
                && initialBackoff.equals(that.initialBackoff)
                && maxBackoff.equals(that.maxBackoff)
                && retryOn.equals(that.retryOn);
    }

    @Override
    public int hashCode() {
        return Objects.hash(maxAttempts, initialBackoff, maxBackoff, retryOn);
    }

    @Override
    public String toString() {
        return Text.format(
                "RetryPolicy[maxAttempts=%s, initialBackoff=%s, maxBackoff=%s, retryOn=%s]",
                maxAttempts, initialBackoff, maxBackoff, retryOn);
    }
}
