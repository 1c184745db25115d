package io.batchengine.limits;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one job type, over all projects.
 *
 * @param maxInFlight jobs of the type in flight at a time, or {@link Limits#UNLIMITED}; 0 holds them
 * @param rate starts per second, or null for no bound
 */
public record JobTypeLimits(int maxInFlight, @Nullable Rate rate) {
    /** No limit. */
    public static final JobTypeLimits NONE = new JobTypeLimits(Limits.UNLIMITED, null);

    /**
     * Checks the values.
     *
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if one is out of its range
     */
    public JobTypeLimits {
        Bounds.requireNotNegative("maxInFlight of a job type", maxInFlight);
    }

    /**
     * These limits with another one of jobs in flight.
     *
     * @param limit 0 or more, or {@link Limits#UNLIMITED}
     * @return the changed copy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is negative
     */
    public JobTypeLimits withMaxInFlight(int limit) {
        return new JobTypeLimits(limit, rate);
    }

    /**
     * These limits with another rate.
     *
     * @param limit starts per second, or null for no bound
     * @return the changed copy
     */
    public JobTypeLimits withRate(@Nullable Rate limit) {
        return new JobTypeLimits(maxInFlight, limit);
    }
}
