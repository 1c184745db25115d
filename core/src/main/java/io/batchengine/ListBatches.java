package io.batchengine;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Ids;
import io.batchengine.model.Text;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Which batches to list. Immutable; the {@code with} methods make changed copies of {@link #ALL}.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class ListBatches {
    /** All batches of the project, 100 on a page, without a total. */
    public static final ListBatches ALL = new ListBatches(Set.of(), null, null, null, 100, null, false);

    private final Set<BatchStatus> statuses;
    private final @Nullable String sourceDirectoryId;
    private final @Nullable Instant createdAtOnOrAfter;
    private final @Nullable Instant createdAtOnOrBefore;
    private final int pageSize;
    private final @Nullable String pageToken;
    private final boolean withTotalSize;

    private ListBatches(
            Set<BatchStatus> statuses,
            @Nullable String sourceDirectoryId,
            @Nullable Instant createdAtOnOrAfter,
            @Nullable Instant createdAtOnOrBefore,
            int pageSize,
            @Nullable String pageToken,
            boolean withTotalSize) {
        if (sourceDirectoryId != null) {
            Ids.requireValid("source directory id", sourceDirectoryId, Ids.MAX_FILE_ID_LENGTH);
        }
        PageRequest.requirePageSize(pageSize);
        this.statuses = Set.copyOf(statuses);
        this.sourceDirectoryId = sourceDirectoryId;
        this.createdAtOnOrAfter = createdAtOnOrAfter;
        this.createdAtOnOrBefore = createdAtOnOrBefore;
        this.pageSize = pageSize;
        this.pageToken = pageToken;
        this.withTotalSize = withTotalSize;
    }

    /** {@return the statuses of the batches to list; empty for all} */
    public Set<BatchStatus> statuses() {
        return statuses;
    }

    /** {@return the id of the source directory of the batches to list, or null for all} */
    public @Nullable String sourceDirectoryId() {
        return sourceDirectoryId;
    }

    /** {@return the earliest time of creation, inclusive, or null} */
    public @Nullable Instant createdAtOnOrAfter() {
        return createdAtOnOrAfter;
    }

    /** {@return the latest time of creation, inclusive, or null} */
    public @Nullable Instant createdAtOnOrBefore() {
        return createdAtOnOrBefore;
    }

    /** {@return how many on a page, 1 to 1000} */
    public int pageSize() {
        return pageSize;
    }

    /** {@return the token of the page before, listed with the same filters; null for the first page} */
    public @Nullable String pageToken() {
        return pageToken;
    }

    /** {@return whether to count all batches that meet the filters} */
    public boolean withTotalSize() {
        return withTotalSize;
    }

    /**
     * Only batches of some statuses.
     *
     * @param first a status
     * @param more further ones
     * @return the changed copy
     */
    public ListBatches withStatus(BatchStatus first, BatchStatus... more) {
        return withStatuses(EnumSet.of(first, more));
    }

    /**
     * Only batches of some statuses.
     *
     * @param any the statuses; empty for all
     * @return the changed copy
     */
    public ListBatches withStatuses(Set<BatchStatus> any) {
        return new ListBatches(
                any, sourceDirectoryId, createdAtOnOrAfter, createdAtOnOrBefore, pageSize, pageToken, withTotalSize);
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
     * The page after another.
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

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ListBatches that
                && statuses.equals(that.statuses)
                && Objects.equals(sourceDirectoryId, that.sourceDirectoryId)
                && Objects.equals(createdAtOnOrAfter, that.createdAtOnOrAfter)
                && Objects.equals(createdAtOnOrBefore, that.createdAtOnOrBefore)
                && pageSize == that.pageSize
                && Objects.equals(pageToken, that.pageToken)
                && withTotalSize == that.withTotalSize;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                statuses,
                sourceDirectoryId,
                createdAtOnOrAfter,
                createdAtOnOrBefore,
                pageSize,
                pageToken,
                withTotalSize);
    }

    @Override
    public String toString() {
        return Text.format(
                "ListBatches[statuses=%s, sourceDirectoryId=%s, createdAtOnOrAfter=%s"
                        + ", createdAtOnOrBefore=%s, pageSize=%s, pageToken=%s, withTotalSize=%s]",
                statuses,
                sourceDirectoryId,
                createdAtOnOrAfter,
                createdAtOnOrBefore,
                pageSize,
                pageToken,
                withTotalSize);
    }
}
