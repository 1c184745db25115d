package io.batchengine.documents.internal.reading;

import java.util.ArrayDeque;
import java.util.Deque;

/** Opens and closes lists for formats whose items only state their level. */
public final class ListWriter {
    private final Xhtml out;
    private final Deque<String> open = new ArrayDeque<>();

    /**
     * Writes lists.
     *
     * @param out takes the elements
     */
    public ListWriter(Xhtml out) {
        this.out = out;
    }

    /**
     * Starts an item, and the lists that it needs; it is ended by the next item or by {@link #close}.
     *
     * @param level from 0; one more than the item before at the most
     * @param ordered whether it has a number
     * @param number its number, if it begins an ordered list
     */
    public void item(int level, boolean ordered, int number) {
        String name = ordered ? "ol" : "ul";
        int depth = Math.min(level, open.size()) + 1;
        while (open.size() > depth) {
            closeInnermost();
        }
        if (open.size() == depth && !name.equals(open.getFirst())) {
            closeInnermost();
        }
        if (open.size() == depth) {
            out.end("li");
        } else {
            out.start(name, "start", Integer.toString(Math.max(1, number)));
            open.push(name);
        }
        out.start("li");
    }

    /** Ends all lists. */
    public void close() {
        while (!open.isEmpty()) {
            closeInnermost();
        }
    }

    private void closeInnermost() {
        out.end("li");
        out.end(open.pop());
    }
}
