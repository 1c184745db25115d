package io.batchengine.bundled;

import io.batchengine.model.Ids;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sorts texts in bounded memory: full buffers are spilled as sorted runs, and {@value #FAN_IN} runs of one tier are merged into
 * one of the next, so that each text is written once per tier and few files are open.
 */
final class ExternalSorter implements Closeable {
    static final int FAN_IN = 64;

    private final SortBuffer buffer;
    private final List<List<SpillFile>> tiers = new ArrayList<>();
    private List<String> inMemory = new ArrayList<>();

    ExternalSorter(SortBuffer buffer) {
        this.buffer = buffer;
    }

    void add(String text) throws IOException {
        if (inMemory.size() == buffer.names()) {
            spill(0, takeMemory());
        }
        inMemory.add(text);
    }

    /** How many texts are in memory: after {@link #sorted}, until its cursor is closed. */
    int inMemory() {
        return inMemory.size();
    }

    /** All that was added, in order. The cursor holds the files from here on; the sorter is of no more use. */
    Cursor sorted() throws IOException {
        inMemory.sort(Ids::compareUtf8);
        List<Cursor> runs = new ArrayList<>();
        tiers.forEach(runs::addAll);
        Cursor memory = new InMemory(inMemory.iterator());
        if (runs.isEmpty()) {
            return memory;
        }
        runs.add(memory);
        Cursor merged = new MergedCursor(runs);
        tiers.clear();
        return merged;
    }

    private Cursor takeMemory() {
        List<String> full = inMemory;
        inMemory = new ArrayList<>();
        full.sort(Ids::compareUtf8);
        return new InMemory(full.iterator());
    }

    private void spill(int tier, Cursor run) throws IOException {
        if (tiers.size() == tier) {
            tiers.add(new ArrayList<>());
        }
        List<SpillFile> runs = tiers.get(tier);
        runs.add(SpillFile.write(run, buffer.spillDirectory()));
        if (runs.size() == FAN_IN) {
            spill(tier + 1, new MergedCursor(runs));
            runs.clear();
        }
    }

    /** Gives the files up; without effect on what {@link #sorted} gave. */
    @Override
    public void close() throws IOException {
        MergedCursor.closeAll(tiers.stream().flatMap(List::stream).toList());
    }

    /**
     * What fits into memory.
     *
     * @param texts in order
     */
    private record InMemory(Iterator<String> texts) implements Cursor {
        @Override
        public @Nullable String next() {
            return texts.hasNext() ? texts.next() : null;
        }

        @Override
        public void close() {}
    }
}
