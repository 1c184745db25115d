package io.batchengine.limits;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * How many jobs may be started in a time: a token bucket. Within any time of {@code t} seconds at most {@code burst + perSecond * t} starts
 * happen; a further attempt of a job is a start too.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class Rate {
    /** The highest rate that can be asked for. */
    public static final int MOST_PER_SECOND = 1_000_000;

    private final double perSecond;
    private final int burst;

    private Rate(double perSecond, int burst) {
        if (!(perSecond >= 0 && perSecond <= MOST_PER_SECOND)) {
            throw invalid(
                    Text.format("a rate of %s starts per second is not within 0 to %d", perSecond, MOST_PER_SECOND));
        }
        if (burst < 1 || burst > MOST_PER_SECOND) {
            throw invalid(Text.format("a burst of %d starts is not within 1 to %d", burst, MOST_PER_SECOND));
        }
        this.perSecond = perSecond;
        this.burst = burst;
    }

    /** {@return the starts per second in the long run, up to {@link #MOST_PER_SECOND}; 0 holds the work} */
    public double perSecond() {
        return perSecond;
    }

    /**
     * {@return how many starts may follow each other at once after a rest, from 1} What the engine misses between two
     * looks at the clock it makes up for only within the burst: with a burst of 1 it stays below a rate of more than
     * some hundred per second.
     */
    public int burst() {
        return burst;
    }

    /**
     * A rate with a burst of what falls into a tenth of a second, at least 1.
     *
     * @param perSecond starts per second
     * @return the rate
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is negative or above {@link #MOST_PER_SECOND}
     */
    public static Rate perSecond(double perSecond) {
        double tenth = perSecond / 10;
        return new Rate(perSecond, tenth >= 1 ? (int) Math.min(tenth, MOST_PER_SECOND) : 1);
    }

    /**
     * This rate with another burst.
     *
     * @param starts how many starts may follow each other at once
     * @return the changed copy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is not within 1 to {@link #MOST_PER_SECOND}
     */
    public Rate withBurst(int starts) {
        return new Rate(perSecond, starts);
    }

    private static BatchEngineException invalid(String message) {
        return BatchEngineException.of(ErrorCode.INVALID_ARGUMENT, message);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Rate that && Double.compare(perSecond, that.perSecond) == 0 && burst == that.burst;
    }

    @Override
    public int hashCode() {
        return Objects.hash(perSecond, burst);
    }

    @Override
    public String toString() {
        return Text.format("Rate[perSecond=%s, burst=%s]", perSecond, burst);
    }
}
