package io.batchengine.internal.engine.job;

import io.batchengine.model.Text;
import io.batchengine.spi.SourceFile;
import io.batchengine.spi.store.ListedPage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A page whose files workers take by an atomic index: no queue node and no task object per file. Any thread takes; each index is
 * given once.
 */
public final class SharedPage {
    public final ListedPage listed;
    private final @Nullable SourceFile[] files;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger promised = new AtomicInteger(); // turns that are to come and have taken nothing yet

    public SharedPage(ListedPage listed, List<? extends SourceFile> files) {
        this.listed = listed;
        this.files = files.toArray(new SourceFile[0]);
    }

    /** Both halves of a page of which nothing is taken. */
    public List<SharedPage> halves() {
        int half = files.length / 2;
        return List.of(part(0, half), part(half, files.length));
    }

    private SharedPage part(int from, int to) {
        List<SourceFile> some = new ArrayList<>();
        for (int i = from; i < to; i++) {
            some.add(file(i));
        }
        return new SharedPage(new ListedPage(ordinal(from), listed.fileIds().subList(from, to)), some);
    }

    /** The next index, or -1 where all are taken. */
    int take() {
        if (next.get() >= files.length) {
            return -1;
        }
        int index = next.getAndIncrement();
        return index < files.length ? index : -1;
    }

    /** The file of an index that was just taken; the page forgets it, so that it does not outlive its job. */
    SourceFile file(int index) {
        SourceFile file = files[index];
        if (file == null) {
            throw new IllegalStateException(Text.format("index %d was taken before", index));
        }
        files[index] = null;
        return file;
    }

    long ordinal(int index) {
        return listed.firstOrdinal() + index;
    }

    public String fileId(int index) {
        return listed.fileIds().get(index);
    }

    /** Whether a further turn would find something, the ones that are to come considered. */
    public boolean hasMore() {
        return files.length - next.get() > promised.get();
    }

    public boolean isEmpty() {
        return next.get() >= files.length;
    }

    public void promise() {
        promised.incrementAndGet();
    }

    void arrived() {
        promised.decrementAndGet();
    }

    /** Gives nothing more. */
    public void close() {
        next.set(files.length);
    }
}
