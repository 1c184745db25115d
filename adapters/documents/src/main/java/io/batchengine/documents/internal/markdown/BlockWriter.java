package io.batchengine.documents.internal.markdown;

import io.batchengine.documents.internal.reading.ReadingGuard;
import java.util.ArrayList;
import java.util.List;

/** Puts blocks one below the other, each line behind the marks of the lists and quotations that it stands in. */
final class BlockWriter {
    private final StringBuilder out = new StringBuilder();
    private final List<Container> containers = new ArrayList<>();
    private final ReadingGuard guard;
    private final boolean marked;

    /** A list item or a quotation. An item's marker is written once, before its first line. */
    private static final class Container {
        private final String marker;
        private final boolean quote;
        private final boolean follows;
        private boolean written;

        private Container(String marker, boolean quote, boolean follows) {
            this.marker = marker;
            this.quote = quote;
            this.follows = follows;
        }

        private String prefix() {
            if (quote || !written) {
                written = true;
                return marker;
            }
            return " ".repeat(marker.length());
        }
    }

    BlockWriter(ReadingGuard guard, boolean marked) {
        this.guard = guard;
        this.marked = marked;
    }

    /** Starts an item, that follows another one of its list or is the first. */
    void startItem(String marker, boolean follows) {
        containers.add(new Container(marked ? marker : "", false, follows));
    }

    /** Goes on in an item that was ended: for lists that stand between items instead of in one. */
    void reopenItem(int markerLength) {
        Container item = new Container(marked ? " ".repeat(markerLength) : "", false, true);
        item.written = true;
        containers.add(item);
    }

    void startQuote() {
        containers.add(new Container(marked ? "> " : "", true, false));
    }

    void end() {
        if (!containers.isEmpty()) { // items and quotations of broken HTML may end crosswise
            containers.remove(containers.size() - 1);
        }
    }

    /** A block of one or more lines. */
    void block(String text) {
        startBlock();
        int from = 0;
        while (from <= text.length()) {
            int end = text.indexOf('\n', from);
            end = end < 0 ? text.length() : end;
            line(text.substring(from, end));
            from = end + 1;
        }
    }

    /** Begins a block of lines that follow. */
    void startBlock() {
        if (out.length() > 0 && !startsTightItem()) {
            append(quotePrefix().stripTrailing());
            append("\n");
        }
    }

    /** A line of the block that was begun last. */
    void line(String text) {
        guard.check();
        String prefix = prefix();
        append(text.isEmpty() ? prefix.stripTrailing() : prefix);
        append(text);
        append("\n");
    }

    String text() {
        return out.toString();
    }

    /** Items of one list, and a list below its item's text, stand close; only an outermost list's first item stands apart. */
    private boolean startsTightItem() {
        int items = 0;
        boolean tight = false;
        for (Container container : containers) {
            if (!container.quote) {
                items++;
                tight |= !container.written && (items > 1 || container.follows);
            }
        }
        return tight;
    }

    private String quotePrefix() {
        StringBuilder prefix = new StringBuilder();
        for (Container container : containers) {
            if (container.quote && container.written) {
                prefix.append(container.marker);
            } else if (container.written) {
                prefix.append(" ".repeat(container.marker.length()));
            } else {
                break;
            }
        }
        return prefix.toString();
    }

    private String prefix() {
        StringBuilder prefix = new StringBuilder();
        for (Container container : containers) {
            prefix.append(container.prefix());
        }
        return prefix.toString();
    }

    private void append(String text) {
        guard.output(text.length());
        out.append(text);
    }
}
