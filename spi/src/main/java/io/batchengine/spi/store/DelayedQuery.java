package io.batchengine.spi.store;

import io.batchengine.model.Text;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileRecord;
import java.time.Instant;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a batch to read of those that wait for a retry: those at or after a place in the order of due times. The order is
 * {@link DelayedFile#notBefore}, then ordinal.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class DelayedQuery {
    private final String batchId;
    private final Instant from;
    private final long fromOrdinal;
    private final int limit;

    private DelayedQuery(String batchId, Instant from, long fromOrdinal, int limit) {
        this.batchId = batchId;
        this.from = from;
        this.fromOrdinal = fromOrdinal;
        this.limit = limit;
    }

    /**
     * Creates a query.
     *
     * @param batchId the batch
     * @param from the due time of the first place, in whole microseconds
     * @param fromOrdinal the ordinal of the first place; files due at {@code from} with a lower ordinal are left out
     * @param limit how many files at most, from 1
     * @return the query
     * @throws IllegalArgumentException if the limit is below 1
     */
    public static DelayedQuery of(String batchId, Instant from, long fromOrdinal, int limit) {
        Objects.requireNonNull(batchId, "batchId");
        Objects.requireNonNull(from, "from");
        if (limit < 1) {
            throw new IllegalArgumentException(Text.format("the limit is %d: give at least 1", limit));
        }
        return new DelayedQuery(batchId, from, fromOrdinal, limit);
    }

    /** {@return the id of the batch} */
    public String batchId() {
        return batchId;
    }

    /** {@return the due time of the first place, in whole microseconds} */
    public Instant from() {
        return from;
    }

    /** {@return the ordinal of the first place; files due at {@link #from} with a lower ordinal are left out} */
    public long fromOrdinal() {
        return fromOrdinal;
    }

    /** {@return how many files at most, from 1} */
    public int limit() {
        return limit;
    }

    /**
     * Tells whether a file is meant, the limit apart.
     *
     * @param file a file of the batch
     * @return true if it waits for a retry, at or after the first place
     */
    public boolean includes(FileRecord file) {
        DelayedFile delayed = file.delayed();
        Instant due = delayed == null || file.settled() != null ? null : delayed.notBefore();
        if (due == null) {
            return false;
        }
        int order = due.compareTo(from);
        return order > 0 || (order == 0 && file.ordinal() >= fromOrdinal);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DelayedQuery that
                && batchId.equals(that.batchId)
                && from.equals(that.from)
                && fromOrdinal == that.fromOrdinal
                && limit == that.limit;
    }

    @Override
    public int hashCode() {
        return Objects.hash(batchId, from, fromOrdinal, limit);
    }

    @Override
    public String toString() {
        return Text.format(
                "DelayedQuery[batchId=%s, from=%s, fromOrdinal=%s, limit=%s]", batchId, from, fromOrdinal, limit);
    }
}
