package io.batchengine.examples.batchdocs;

import io.batchengine.Batches;
import io.batchengine.PageRequest;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchResult;
import io.batchengine.model.DamagedFiles;
import io.batchengine.model.JobRecord;
import io.batchengine.model.Page;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** What can be read of a batch, page by page: files whose rows are damaged are left out. The store tells which those are. */
final class ReadableParts<T> implements Iterator<T> {
    /** Reads a page. */
    interface Pages<T> {
        Page<T> read(PageRequest request);
    }

    private final Pages<T> pages;
    private PageRequest request = PageRequest.FIRST;
    private Iterator<T> page = Collections.emptyIterator();
    private boolean last;

    private ReadableParts(Pages<T> pages) {
        this.pages = pages;
    }

    static Iterable<BatchResult> results(Batches batches, String batchId) {
        return () -> new ReadableParts<>(request -> batches.results(batchId, request));
    }

    static Iterable<JobRecord> jobs(Batches batches, String batchId) {
        return () -> new ReadableParts<>(request -> batches.jobs(batchId, request));
    }

    /** The place after what can't be read, or null where nothing follows; throws what tells of no such files. */
    static @Nullable String after(BatchEngineException failure) {
        DamagedFiles damaged = failure.damagedFiles().orElseThrow(() -> failure);
        return damaged.nextPageToken();
    }

    @Override
    public boolean hasNext() {
        while (!page.hasNext() && !last) {
            String next;
            try {
                Page<T> read = pages.read(request);
                page = read.items().iterator();
                next = read.nextPageToken();
            } catch (BatchEngineException failure) {
                next = after(failure);
            }
            last = next == null;
            request = request.withPageToken(next);
        }
        return page.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.next();
    }
}
