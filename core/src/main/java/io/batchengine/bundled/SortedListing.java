package io.batchengine.bundled;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.Ids;
import io.batchengine.spi.FilePage;
import io.batchengine.spi.Listing;
import io.batchengine.spi.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apiguardian.api.API;

/**
 * A listing in ascending order of id, made of ids that come in any order: for source directories over a database, an object
 * store or a service that does not list by the bytes of its ids. Sorts by external merge, so that memory is bounded, whatever
 * the number of files.
 *
 * <pre>{@code
 * public Listing list(ListRequest request) {
 *     return SortedListing.sort(bucket.keys(request.directoryId()), request.afterId(), SortBuffer.DEFAULT, key -> new BucketFile(bucket, key));
 * }
 * }</pre>
 *
 * <p>Threading: as {@link Listing} has it, one thread at a time.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class SortedListing implements Listing {
    private final Cursor sorted;
    private final Function<String, ? extends SourceFile> files;

    SortedListing(Cursor sorted, Function<String, ? extends SourceFile> files) {
        this.sorted = sorted;
        this.files = files;
    }

    /**
     * Reads all ids, sorts them and gives their listing. Returns when the iterator has ended. An id that comes twice is listed
     * twice, one behind the other, so that the engine counts the second as a duplicate.
     *
     * @param ids the ids of all files, in any order, read by the calling thread; by the rules of {@link Ids}, or the listing is refused
     * @param afterId the id behind which the listing is to begin, as {@link io.batchengine.spi.SourceDirectory#list} got it
     * @param buffer how much memory it may take, and where the rest goes
     * @param files makes the file of an id, when its page is read; it may not give null
     * @return the listing. Closing it removes its temporary files
     * @throws BatchEngineException {@link io.batchengine.model.ErrorCode#INVALID_ARGUMENT} if an id is not valid,
     *     {@link io.batchengine.model.ErrorCode#LISTING_FAILED} if temporary files can't be written
     * @throws UncheckedIOException if they can't be read back
     */
    public static SortedListing sort(
            Iterator<String> ids,
            Optional<String> afterId,
            SortBuffer buffer,
            Function<String, ? extends SourceFile> files) {
        try (ExternalSorter sorter = new ExternalSorter(buffer)) {
            while (ids.hasNext()) {
                String id = Ids.requireValid("file id", ids.next(), Ids.MAX_FILE_ID_LENGTH);
                if (afterId.isEmpty() || Ids.compareUtf8(id, afterId.get()) > 0) {
                    sorter.add(id);
                }
            }
            return new SortedListing(sorter.sorted(), files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public FilePage next(int limit) throws IOException {
        List<SourceFile> page = new ArrayList<>();
        while (page.size() < limit) {
            String id = sorted.next();
            if (id == null) {
                return FilePage.of(Collections.unmodifiableList(page), true);
            }
            page.add(files.apply(id));
        }
        return FilePage.of(Collections.unmodifiableList(page), false);
    }

    @Override
    public void close() {
        try {
            sorted.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
