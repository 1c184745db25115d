package io.batchengine.bundled;

import io.batchengine.model.Ids;
import java.io.IOException;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Several sorted cursors as one; equal texts all come. */
final class MergedCursor implements Cursor {
    private final List<? extends Cursor> sources;
    private final PriorityQueue<Head> heads;

    MergedCursor(List<? extends Cursor> sources) throws IOException {
        this.sources = List.copyOf(sources);
        this.heads = new PriorityQueue<>();
        for (Cursor source : this.sources) {
            pull(source);
        }
    }

    @Override
    public @Nullable String next() throws IOException {
        Head head = heads.poll();
        if (head == null) {
            return null;
        }
        pull(head.source);
        return head.text;
    }

    private void pull(Cursor source) throws IOException {
        String text = source.next();
        if (text != null) {
            heads.add(new Head(text, source));
        }
    }

    @Override
    public void close() throws IOException {
        closeAll(sources);
    }

    /** Closes each, whatever becomes of the others. */
    static void closeAll(List<? extends Cursor> cursors) throws IOException {
        IOException first = null;
        for (Cursor cursor : cursors) {
            try {
                cursor.close();
            } catch (IOException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /**
     * A source and the text it is at.
     *
     * @param text what comes next from it
     * @param source gives what follows
     */
    private record Head(String text, Cursor source) implements Comparable<Head> {
        @Override
        public int compareTo(Head other) {
            return Ids.compareUtf8(text, other.text);
        }
    }
}
