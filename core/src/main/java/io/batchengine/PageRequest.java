package io.batchengine;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import org.jspecify.annotations.Nullable;

/**
 * Which page to read.
 *
 * @param pageSize how many items on a page, 1 to 1000
 * @param pageToken the place to go on, from the page before, or null for the first page
 */
public record PageRequest(int pageSize, @Nullable String pageToken) {
    /** The first page, of 1000. */
    public static final PageRequest FIRST = new PageRequest(1_000, null);

    /**
     * Checks the size.
     *
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is not within 1 to 1000
     */
    public PageRequest {
        requirePageSize(pageSize);
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
     * The page behind another.
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
}
