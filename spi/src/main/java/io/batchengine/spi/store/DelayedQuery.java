package io.batchengine.spi.store;

import io.batchengine.model.Text;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileRecord;
import java.time.Instant;
import java.util.Objects;

/**
 * Which files of a batch to read of those that wait for a retry: those at or after a place in the order of due times. The order is
 * {@link DelayedFile#notBefore}, then ordinal.
 *
 * @param batchId the batch
 * @param from the due time of the first place, in whole microseconds
 * @param fromOrdinal the ordinal of the first place; files due at {@code from} with a lower ordinal are left out
 * @param limit how many at the most, from 1
 */
public record DelayedQuery(String batchId, Instant from, long fromOrdinal, int limit) {
    /**
     * Checks the arguments.
     *
     * @throws IllegalArgumentException if the limit is below 1
     */
    public DelayedQuery {
        Objects.requireNonNull(batchId, "batchId");
        Objects.requireNonNull(from, "from");
        if (limit < 1) {
            throw new IllegalArgumentException(Text.format("the limit is %d: give at least 1", limit));
        }
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
}
