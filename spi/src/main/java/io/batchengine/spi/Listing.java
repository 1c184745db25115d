package io.batchengine.spi;

import org.apiguardian.api.API;

/**
 * An open listing of a source directory.
 *
 * <p>Threading: called by one thread at a time, not always the same. Lifecycle: closed exactly once, also after a failure; no call
 * follows.
 *
 * <p>Evolution: new methods come with a default only.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface Listing extends AutoCloseable {
    /**
     * The next files, in strictly ascending order of id by UTF-8 bytes ({@link io.batchengine.model.Ids#compareUtf8}).
     * The engine compares each id with the one before: an equal one is counted as a duplicate and dropped, a smaller one is a
     * listing error.
     *
     * @param limit how many files at the most, at least 1; more is a listing error
     * @return the page. Not null, and without null. Empty pages that are not the last are allowed now and then; many in a row
     *     are a listing error
     * @throws Exception if the directory can't be read; the engine closes this listing and opens another one behind the last
     *     listed id, some times, with a growing wait, before the batch fails
     */
    FilePage next(int limit) throws Exception;

    /** Frees what the listing holds. Whatever it throws is logged and ignored. */
    @Override
    void close();
}
