package io.batchengine.spi.store;

import java.util.List;
import org.apiguardian.api.API;

/**
 * A page of a batch's listing, as it is recorded before any of its files starts. From then on an ordinal names a file for ever.
 *
 * @param firstOrdinal the ordinal of the first id: the count of all files listed before
 * @param fileIds the ids, in ascending order; not empty
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public record ListedPage(long firstOrdinal, List<String> fileIds) {
    /** Copies the ids. */
    public ListedPage {
        fileIds = List.copyOf(fileIds);
    }
}
