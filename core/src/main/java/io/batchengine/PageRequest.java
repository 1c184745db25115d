package io.batchengine;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Which page to read.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class PageRequest {
    /** The first page, of 1000. */
    public static final PageRequest FIRST = new PageRequest(1_000, null);

    private final int pageSize;
    private final @Nullable String pageToken;

    private PageRequest(int pageSize, @Nullable String pageToken) {
        requirePageSize(pageSize);
        this.pageSize = pageSize;
        this.pageToken = pageToken;
    }

    /** {@return how many items on a page, 1 to 1000} */
    public int pageSize() {
        return pageSize;
    }

    /** {@return the token of the page before, or null for the first page} */
    public @Nullable String pageToken() {
        return pageToken;
    }

    /**
     * The first page of a size.
     *
     * @param pageSize how many items, 1 to 1000
     * @return the request
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is not within 1 to 1000
     */
    public static PageRequest ofSize(int pageSize) {
        return new PageRequest(pageSize, null);
    }

    /**
     * This request with another page size.
     *
     * @param size how many items, 1 to 1000
     * @return the changed copy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is not within 1 to 1000
     */
    public PageRequest withPageSize(int size) {
        return new PageRequest(size, pageToken);
    }

    /**
     * The page after another.
     *
     * @param token {@link io.batchengine.model.Page#nextPageToken()} of that page, or null for the first page
     * @return the changed copy
     */
    public PageRequest withPageToken(@Nullable String token) {
        return new PageRequest(pageSize, token);
    }

    static void requirePageSize(int size) {
        if (size < 1 || size > 1_000) {
            throw BatchEngineException.of(
                    ErrorCode.INVALID_ARGUMENT, Text.format("page size %d is not within 1 to 1000", size));
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PageRequest that
                && pageSize == that.pageSize
                && Objects.equals(pageToken, that.pageToken);
    }

    @Override
    public int hashCode() {
        return Objects.hash(pageSize, pageToken);
    }

    @Override
    public String toString() {
        return Text.format("PageRequest[pageSize=%s, pageToken=%s]", pageSize, pageToken);
    }
}
