package io.batchengine.model;

import org.jspecify.annotations.Nullable;

/**
 * Which files of a batch a store can't read, as rows of theirs are damaged. The files before and behind them can be read.
 *
 * @param batchId the batch
 * @param from the ordinal of the first file that can't be read
 * @param below the ordinal behind the last such file; as {@code from} where files are missing and nothing tells which
 * @param nextPageToken where to go on reading, in a call that reads page by page; null where nothing follows, or in any other call
 */
public record DamagedFiles(
        String batchId, long from, long below, @Nullable String nextPageToken) {
    /**
     * The same files, with the place behind them.
     *
     * @param token a page token, or null
     * @return the changed copy
     */
    public DamagedFiles withNextPageToken(@Nullable String token) {
        return new DamagedFiles(batchId, from, below, token);
    }
}
