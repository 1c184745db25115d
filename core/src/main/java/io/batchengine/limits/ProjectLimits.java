package io.batchengine.limits;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import org.jspecify.annotations.Nullable;

/**
 * The limits and the share of one project.
 *
 * @param maxInFlight jobs of the project in flight at a time, or {@link Limits#UNLIMITED}; 0 holds them
 * @param maxActiveBatches batches of the project that the engine works on at a time, or {@link Limits#UNLIMITED}; 0 holds them
 * @param rate starts per second, or null for no bound
 * @param weight its share beside other projects that have work too, 1 to {@link #MOST_WEIGHT}: with weights of 8 and 4, one gets twice the
 *     workers' time of the other. What a project does not use goes to the others, and is not kept for later
 */
public record ProjectLimits(
        int maxInFlight, int maxActiveBatches, @Nullable Rate rate, int weight) {
    /** No limit, and a weight of 1. */
    public static final ProjectLimits NONE = new ProjectLimits(Limits.UNLIMITED, Limits.UNLIMITED, null, 1);

    /** The highest weight. */
    public static final int MOST_WEIGHT = 1_000;

    /**
     * Checks the values.
     *
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if one is out of its range
     */
    public ProjectLimits {
        Bounds.requireNotNegative("maxInFlight of a project", maxInFlight);
        Bounds.requireNotNegative("maxActiveBatches of a project", maxActiveBatches);
        if (weight < 1 || weight > MOST_WEIGHT) {
            throw BatchEngineException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    Text.format("a project's weight of %d is not within 1 to %d", weight, MOST_WEIGHT));
        }
    }

    /**
     * These limits with another one of jobs in flight.
     *
     * @param limit 0 or more, or {@link Limits#UNLIMITED}
     * @return the changed copy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is negative
     */
    public ProjectLimits withMaxInFlight(int limit) {
        return new ProjectLimits(limit, maxActiveBatches, rate, weight);
    }

    /**
     * These limits with another one of active batches.
     *
     * @param limit 0 or more, or {@link Limits#UNLIMITED}
     * @return the changed copy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is negative
     */
    public ProjectLimits withMaxActiveBatches(int limit) {
        return new ProjectLimits(maxInFlight, limit, rate, weight);
    }

    /**
     * These limits with another rate.
     *
     * @param limit starts per second, or null for no bound
     * @return the changed copy
     */
    public ProjectLimits withRate(@Nullable Rate limit) {
        return new ProjectLimits(maxInFlight, maxActiveBatches, limit, weight);
    }

    /**
     * These limits with another share.
     *
     * @param share 1 to {@link #MOST_WEIGHT}
     * @return the changed copy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is out of this range
     */
    public ProjectLimits withWeight(int share) {
        return new ProjectLimits(maxInFlight, maxActiveBatches, rate, share);
    }
}
