package io.batchengine.model;

import java.util.List;
import java.util.OptionalLong;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * One page of a longer answer. A record: what a page tells of its items belongs to the items, so it can't grow.
 *
 * @param <T> the type of the items
 * @param items the items of this page
 * @param nextPageToken what to ask the next page with, or null where this is the last. Opaque: valid only for the same
 *     project and the same filters
 * @param totalSize how many items there are over all pages, where the caller asked for it and it is known
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public record Page<T>(List<T> items, @Nullable String nextPageToken, OptionalLong totalSize) {
    /** Copies the items. */
    public Page {
        items = List.copyOf(items);
    }
}
