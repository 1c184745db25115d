package io.batchengine.limits;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The limits and the share of one project.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class ProjectLimits {
    /** No limit, and a weight of 1. */
    public static final ProjectLimits NONE = new ProjectLimits(Limits.UNLIMITED, Limits.UNLIMITED, null, 1);

    /** The highest weight. */
    public static final int MOST_WEIGHT = 1_000;

    private final int maxInFlight;
    private final int maxActiveBatches;
    private final @Nullable Rate rate;
    private final int weight;

    private ProjectLimits(int maxInFlight, int maxActiveBatches, @Nullable Rate rate, int weight) {
        Bounds.requireNotNegative("maxInFlight of a project", maxInFlight);
        Bounds.requireNotNegative("maxActiveBatches of a project", maxActiveBatches);
        if (weight < 1 || weight > MOST_WEIGHT) {
            throw BatchEngineException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    Text.format("a project's weight of %d is not within 1 to %d", weight, MOST_WEIGHT));
        }
        this.maxInFlight = maxInFlight;
        this.maxActiveBatches = maxActiveBatches;
        this.rate = rate;
        this.weight = weight;
    }

    /** {@return how many jobs of the project may be in flight at a time, or {@link Limits#UNLIMITED}; 0 holds them} */
    public int maxInFlight() {
        return maxInFlight;
    }

    /**
     * {@return how many batches of the project the engine works on at a time, or {@link Limits#UNLIMITED}; 0 holds them}
     */
    public int maxActiveBatches() {
        return maxActiveBatches;
    }

    /** {@return the bound of starts per second, or null for no bound} */
    public @Nullable Rate rate() {
        return rate;
    }

    /**
     * {@return its share beside other projects that have work too, 1 to {@link #MOST_WEIGHT}: with weights of 8 and
     * 4, one gets twice the workers' time of the other} What a project does not use goes to the others, and is not
     * kept for later.
     */
    public int weight() {
        return weight;
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

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProjectLimits that
                && maxInFlight == that.maxInFlight
                && maxActiveBatches == that.maxActiveBatches
                && Objects.equals(rate, that.rate)
                && weight == that.weight;
    }

    @Override
    public int hashCode() {
        return Objects.hash(maxInFlight, maxActiveBatches, rate, weight);
    }

    @Override
    public String toString() {
        return Text.format(
                "ProjectLimits[maxInFlight=%s, maxActiveBatches=%s, rate=%s, weight=%s]",
                maxInFlight, maxActiveBatches, rate, weight);
    }
}
