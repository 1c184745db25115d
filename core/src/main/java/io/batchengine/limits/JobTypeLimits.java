package io.batchengine.limits;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one job type, over all projects.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class JobTypeLimits {
    /** No limit. */
    public static final JobTypeLimits NONE = new JobTypeLimits(Limits.UNLIMITED, null);

    private final int maxInFlight;
    private final @Nullable Rate rate;

    private JobTypeLimits(int maxInFlight, @Nullable Rate rate) {
        Bounds.requireNotNegative("maxInFlight of a job type", maxInFlight);
        this.maxInFlight = maxInFlight;
        this.rate = rate;
    }

    /** {@return how many jobs of the type may be in flight at a time, or {@link Limits#UNLIMITED}; 0 holds them} */
    public int maxInFlight() {
        return maxInFlight;
    }

    /** {@return the bound of starts per second, or null for no bound} */
    public @Nullable Rate rate() {
        return rate;
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

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JobTypeLimits that
                && maxInFlight == that.maxInFlight
                && Objects.equals(rate, that.rate);
    }

    @Override
    public int hashCode() {
        return Objects.hash(maxInFlight, rate);
    }

    @Override
    public String toString() {
        return Text.format("JobTypeLimits[maxInFlight=%s, rate=%s]", maxInFlight, rate);
    }
}
