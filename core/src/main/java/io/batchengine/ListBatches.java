package io.batchengine;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Ids;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which batches to list. Immutable; the {@code with} methods make changed copies of {@link #ALL}.
 *
 * @param statuses only batches of these statuses; empty for all
 * @param sourceDirectoryId only batches over this source directory, or null for all
 * @param createdAtOnOrAfter the earliest time of creation, inclusive, or null
 * @param createdAtOnOrBefore the latest time of creation, inclusive, or null
 * @param pageSize how many on a page, 1 to 1000
 * @param pageToken the place to go on, from the page before with the same filters, or null for the first page
 * @param withTotalSize whether to count all that meet the filters
 */
public record ListBatches(
        Set<BatchStatus> statuses,
        @Nullable String sourceDirectoryId,
        @Nullable Instant createdAtOnOrAfter,
        @Nullable Instant createdAtOnOrBefore,
        int pageSize,
        @Nullable String pageToken,
        boolean withTotalSize) {
    /** All batches of the project, 100 on a page, without a total. */
    public static final ListBatches ALL = new ListBatches(Set.of(), null, null, null, 100, null, false);

    /**
     * Checks the values.
     *
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if one is out of its range
     */
    public ListBatches {
        statuses = Set.copyOf(statuses);
        if (sourceDirectoryId != null) {
            Ids.requireValid("source directory id", sourceDirectoryId, Ids.MAX_FILE_ID_LENGTH);
        }
        PageRequest.requirePageSize(pageSize);
    }

    /**
     * Only batches of some statuses.
     *
     * @param first a status
     * @param more further ones
     * @return the changed copy
     */
    public ListBatches withStatus(BatchStatus first, BatchStatus... more) {
        return new ListBatches(
                EnumSet.of(first, more),
                sourceDirectoryId,
                createdAtOnOrAfter,
                createdAtOnOrBefore,
                pageSize,
                pageToken,
                withTotalSize);
    }

    /**
     * Only batches over a source directory.
     *
     * @param id the source directory
     * @return the changed copy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if the id breaks the rules of {@link Ids}
     */
    public ListBatches withSourceDirectory(String id) {
        return new ListBatches(
                statuses, id, createdAtOnOrAfter, createdAtOnOrBefore, pageSize, pageToken, withTotalSize);
    }

    /**
     * Only batches created within a time.
     *
     * @param onOrAfter the earliest time, inclusive, or null
     * @param onOrBefore the latest time, inclusive, or null
     * @return the changed copy
     */
    public ListBatches withCreatedAt(@Nullable Instant onOrAfter, @Nullable Instant onOrBefore) {
        return new ListBatches(statuses, sourceDirectoryId, onOrAfter, onOrBefore, pageSize, pageToken, withTotalSize);
    }

    /**
     * A page size.
     *
     * @param size 1 to 1000
     * @return the changed copy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is out of this range
     */
    public ListBatches withPageSize(int size) {
        return new ListBatches(
                statuses, sourceDirectoryId, createdAtOnOrAfter, createdAtOnOrBefore, size, pageToken, withTotalSize);
    }

    /**
     * The page behind another.
     *
     * @param token {@link io.batchengine.model.Page#nextPageToken()} of that page, or null for the first page
     * @return the changed copy
     */
    public ListBatches withPageToken(@Nullable String token) {
        return new ListBatches(
                statuses, sourceDirectoryId, createdAtOnOrAfter, createdAtOnOrBefore, pageSize, token, withTotalSize);
    }

    /**
     * With the total over all pages.
     *
     * @return the changed copy
     */
    public ListBatches withTotal() {
        return new ListBatches(
                statuses, sourceDirectoryId, createdAtOnOrAfter, createdAtOnOrBefore, pageSize, pageToken, true);
    }
}
