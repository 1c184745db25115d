package io.batchengine.model;

import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a batch a store can't read, because their rows are damaged. The files before and after them can be read.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class DamagedFiles {
    private final String batchId;
    private final long from;
    private final long below;
    private final @Nullable String nextPageToken;

    private DamagedFiles(String batchId, long from, long below, @Nullable String nextPageToken) {
        this.batchId = batchId;
        this.from = from;
        this.below = below;
        this.nextPageToken = nextPageToken;
    }

    /**
     * Names files that can't be read.
     *
     * @param batchId the batch
     * @param from the ordinal of the first file that can't be read
     * @param below the ordinal after the last such file; the same as {@code from} if files are missing and nothing tells which
     * @return the files, without a token
     */
    public static DamagedFiles of(String batchId, long from, long below) {
        return new DamagedFiles(batchId, from, below, null);
    }

    /** {@return the id of the batch} */
    public String batchId() {
        return batchId;
    }

    /** {@return the ordinal of the first file that can't be read} */
    public long from() {
        return from;
    }

    /**
     * {@return the ordinal after the last such file; the same as {@code from} if files are missing and nothing tells
     * which}
     */
    public long below() {
        return below;
    }

    /**
     * {@return the token to continue reading with, in a call that reads page by page; null if nothing follows, and in
     * any other call}
     */
    public @Nullable String nextPageToken() {
        return nextPageToken;
    }

    /**
     * These files with the token of the page after them.
     *
     * @param token a page token, or null
     * @return the changed copy
     */
    public DamagedFiles withNextPageToken(@Nullable String token) {
        return new DamagedFiles(batchId, from, below, token);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DamagedFiles that
                && batchId.equals(that.batchId)
                && from == that.from
                && below == that.below
                && Objects.equals(nextPageToken, that.nextPageToken);
    }

    @Override
    public int hashCode() {
        return Objects.hash(batchId, from, below, nextPageToken);
    }

    @Override
    public String toString() {
        return Text.format(
                "DamagedFiles[batchId=%s, from=%s, below=%s, nextPageToken=%s]", batchId, from, below, nextPageToken);
    }
}
