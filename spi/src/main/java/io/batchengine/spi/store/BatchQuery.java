package io.batchengine.spi.store;

import io.batchengine.model.BatchStatus;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which batches to list: those that meet every filter, newest first: by time of creation and then by id, the higher one first.
 *
 * @param projectId the project
 * @param statuses the statuses, or empty for all
 * @param sourceDirectoryId the source directory, or null for all
 * @param createdOnOrAfter the earliest time of creation, or null; any time at all, not rounded
 * @param createdOnOrBefore the latest time of creation, or null; any time at all, not rounded
 * @param after the place behind which the page begins, or null for the first page. The batch of that place may be gone
 * @param limit how many batches at the most, from 1
 * @param withTotal whether to count all batches that meet the filters, whatever the page
 */
public record BatchQuery(
        String projectId,
        Set<BatchStatus> statuses,
        @Nullable String sourceDirectoryId,
        @Nullable Instant createdOnOrAfter,
        @Nullable Instant createdOnOrBefore,
        @Nullable Position after,
        int limit,
        boolean withTotal) {
    /**
     * A place in the order of the list.
     *
     * @param createdAt time of creation of the last batch of the page before
     * @param batchId its id
     */
    public record Position(Instant createdAt, String batchId) {}
}
