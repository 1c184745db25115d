package io.batchengine.spi;

import io.batchengine.model.Scope;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Where the files of a batch come from. One per engine; it serves any number of directories, by id.
 *
 * <p><b>Threading.</b> Called by several threads at once. A call may block: the engine gives it a thread of its own.
 *
 * <p><b>Ordering.</b> A listing is in strictly ascending order of file id by UTF-8 bytes. So the position in a listing is the last
 * id, a listing can go on after a crash, and a duplicate is found by one comparison.
 *
 * <p><b>Nullness.</b> No argument is null and no answer may be.
 *
 * <p><b>Idempotence.</b> Every call may be made again. The directory may change between calls: files that were listed keep their
 * place, later pages list what is there then.
 *
 * <p><b>Exceptions.</b> From {@link #exists} they fail the creation of a batch; from {@link #list} they are retried, then fail
 * the batch; from {@link #find} they fail the file.
 *
 * <p><b>Lifecycle.</b> Made before the engine, and not closed by it.
 *
 * <p><b>Evolution.</b> New methods come with a default only, so a directory that is compiled today keeps working.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface SourceDirectory {
    /**
     * Tells whether a directory exists for this caller. Asked when a batch is created.
     *
     * @param scope on whose behalf
     * @param directoryId the directory
     * @return whether batches over it may be created
     * @throws Exception if it can't be told
     */
    boolean exists(Scope scope, String directoryId) throws Exception;

    /**
     * Opens a listing.
     *
     * @param request which directory, and the id after which the listing is to begin
     * @return the listing, to be closed by the engine
     * @throws Exception if the directory can't be read
     */
    Listing list(ListRequest request) throws Exception;

    /**
     * Finds a file again by its id: for recovery, for a retry, on another machine.
     *
     * @param request which file, by an id that a listing of this directory gave
     * @return the file, or empty where it is gone
     * @throws Exception if it can't be told
     */
    Optional<SourceFile> find(FileRequest request) throws Exception;
}
