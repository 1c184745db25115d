package io.batchengine.model;

import java.math.BigDecimal;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * How many files of a batch may fail before the batch fails. A file counts as failed if its job failed or it has a mapping error; one
 * whose job was cancelled does not. Beyond a bound the batch stops: nothing more starts, running jobs may end, and it is
 * {@code FAILED} with what is recorded kept. Where both bounds are set, the one that is passed first decides.
 *
 * <p>The count is compared at any time. The percentage is of the whole batch once its listing has ended. Until then nobody knows how large
 * the batch is, so it is of the files that are settled by then, or of 1,000 where they are fewer: a share of a few
 * files says nothing, and a batch must not fail for the bad luck of its first ones.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class FailureTolerance {
    /** Every file may fail: the batch completes whatever becomes of them. */
    public static final FailureTolerance ALL = new FailureTolerance(Ids.MAX_ORDINAL, 100);

    private static final long SMALLEST_SHARE = 1_000;

    private final long maxCount;
    private final double maxPercent;

    private FailureTolerance(long maxCount, double maxPercent) {
        if (maxCount < 0 || maxCount > Ids.MAX_ORDINAL) {
            throw BatchEngineException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    Text.format("tolerated failures %d are not within 0 to %d", maxCount, Ids.MAX_ORDINAL));
        }
        if (!(maxPercent >= 0 && maxPercent <= 100)) { // also NaN
            throw BatchEngineException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    Text.format("tolerated failures %s %% are not within 0 to 100", maxPercent));
        }
        this.maxCount = maxCount;
        this.maxPercent = maxPercent + 0.0; // a negative zero is zero
    }

    /** {@return how many files may fail; {@link Ids#MAX_ORDINAL}, as many as a batch may have, for no bound} */
    public long maxCount() {
        return maxCount;
    }

    /** {@return how many of a hundred files may fail; 100 for no bound} */
    public double maxPercent() {
        return maxPercent;
    }

    /**
     * Tolerates a number of failed files.
     *
     * @param files how many; with 0 the first failure stops the batch
     * @return the tolerance
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is negative or above {@link Ids#MAX_ORDINAL}
     */
    public static FailureTolerance ofCount(long files) {
        return new FailureTolerance(files, ALL.maxPercent);
    }

    /**
     * Tolerates a share of failed files.
     *
     * @param percent how many of a hundred; with 0 the first failure stops the batch
     * @return the tolerance
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is not within 0 to 100
     */
    public static FailureTolerance ofPercent(double percent) {
        return new FailureTolerance(ALL.maxCount, percent);
    }

    /**
     * This tolerance with another count.
     *
     * @param files how many may fail
     * @return the changed copy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is negative or above {@link Ids#MAX_ORDINAL}
     */
    public FailureTolerance withMaxCount(long files) {
        return new FailureTolerance(files, maxPercent);
    }

    /**
     * This tolerance with another share.
     *
     * @param percent how many of a hundred may fail
     * @return the changed copy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is not within 0 to 100
     */
    public FailureTolerance withMaxPercent(double percent) {
        return new FailureTolerance(maxCount, percent);
    }

    /**
     * Whether more files have failed than may.
     *
     * @param counts the counters of a batch
     * @param listingEnded whether {@link FileCounts#listed} is all that the batch will have
     * @return whether the batch is to stop
     */
    public boolean isExceeded(FileCounts counts, boolean listingEnded) {
        long failed = counts.failedFiles();
        if (failed == 0 || failed > maxCount || maxPercent == ALL.maxPercent) {
            return failed > maxCount;
        }
        long of = listingEnded ? counts.listed() : Math.max(counts.settled(), SMALLEST_SHARE);
        // In decimals, as the percentage was written: 29 of 100 files are not more than 29 %.
        BigDecimal tolerated = BigDecimal.valueOf(maxPercent).multiply(BigDecimal.valueOf(of));
        return BigDecimal.valueOf(failed).movePointRight(2).compareTo(tolerated) > 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FailureTolerance that
                && maxCount == that.maxCount
                && Double.compare(maxPercent, that.maxPercent) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(maxCount, maxPercent);
    }

    @Override
    public String toString() {
        return Text.format("FailureTolerance[maxCount=%s, maxPercent=%s]", maxCount, maxPercent);
    }
}
