package io.batchengine.documents.internal.markdown;

import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.model.Text;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The block that is being gathered, the lists and the table that it stands in; whole blocks go to the writer. */
final class Blocks {
    private static final int MAX_RUNS = 100_000;

    private final ReadingGuard guard;
    private final boolean marked;
    private final BlockWriter out;
    private final Deque<ItemList> lists = new ArrayDeque<>();
    private InlineText inline = new InlineText();
    private int heading;
    private @Nullable Grid grid;

    /** A list that is open; the item that is open, if any. */
    private static final class ItemList {
        private final boolean ordered;
        private final boolean inReopenedItem;
        private int next;
        private int items;
        private int lastMarkerLength = 2;
        private boolean itemOpen;

        private ItemList(boolean ordered, int first, boolean inReopenedItem) {
            this.ordered = ordered;
            this.next = first;
            this.inReopenedItem = inReopenedItem;
        }
    }

    /** A table that is open. Tables within its cells give their text to the cell. */
    private static final class Grid {
        private final TableBuilder table;
        private int nested;
        private boolean inCell;
        private int columnSpan = 1;
        private int rowSpan = 1;

        private Grid(TableBuilder table) {
            this.table = table;
        }

        private boolean isNested() {
            return nested > 0;
        }
    }

    Blocks(ReadingGuard guard, boolean marked) {
        this.guard = guard;
        this.marked = marked;
        this.out = new BlockWriter(guard, marked);
    }

    String text() {
        return out.text();
    }

    void text(String text, Style style) {
        if (grid == null || grid.inCell || !text.isBlank()) {
            // A heading and a table's first row are bold by themselves.
            inline.append(text, heading > 0 ? style.withoutBold() : style);
            if (inline.runs() > MAX_RUNS) {
                throw guard.fail(Text.format("a paragraph changes its look more than %,d times", MAX_RUNS));
            }
            guard.gathered((long) inline.length() + (grid == null ? 0 : grid.table.length()));
        }
    }

    void lineBreak() {
        inline.lineBreak();
    }

    /** Ends the paragraph; within a cell, the line. */
    void flush() {
        if (grid != null && grid.inCell) {
            inline.lineBreak();
            return;
        }
        if (heading > 0) {
            return;
        }
        if (!inline.isBlank()) {
            out.block(marked ? paragraph(inline.markdown(false)) : inline.plain());
        }
        inline = new InlineText();
    }

    void startHeading(int level) {
        flush();
        if (grid == null || !grid.inCell) {
            heading = level;
        }
    }

    void endHeading() {
        if (heading == 0) {
            flush();
            return;
        }
        if (!inline.isBlank()) {
            String title = (marked ? inline.markdown(false) : inline.plain()).replaceAll(" *\n *", " ");
            out.block(marked ? "#".repeat(heading) + " " + title : title);
        }
        heading = 0;
        inline = new InlineText();
    }

    void startList(boolean ordered, int first) {
        flush();
        if (inCell()) {
            return;
        }
        ItemList outer = lists.peek();
        boolean reopened = outer != null && !outer.itemOpen && outer.items > 0;
        if (reopened) {
            out.reopenItem(outer.lastMarkerLength);
        }
        lists.push(new ItemList(ordered, first, reopened));
    }

    void endList() {
        flush();
        if (inCell() || lists.isEmpty()) {
            return;
        }
        endItem();
        if (lists.pop().inReopenedItem) {
            out.end();
        }
    }

    void startItem() {
        flush();
        ItemList list = lists.peek();
        if (inCell()) {
            inline.append(marked ? "\u2022 " : "", Style.PLAIN);
        } else if (list != null) {
            endItem();
            String marker = list.ordered ? list.next++ + ". " : "- ";
            out.startItem(marker, list.items++ > 0);
            list.lastMarkerLength = marker.length();
            list.itemOpen = true;
        }
    }

    void endItem() {
        flush();
        ItemList list = lists.peek();
        if (!inCell() && list != null && list.itemOpen) {
            out.end();
            list.itemOpen = false;
        }
    }

    void startQuote() {
        flush();
        if (!inCell()) {
            out.startQuote();
        }
    }

    void endQuote() {
        flush();
        if (!inCell()) {
            out.end();
        }
    }

    void rule() {
        flush();
        if (marked && !inCell()) {
            out.block("---");
        }
    }

    void preformatted(String text, boolean fenced) {
        String body = text.replace("\r\n", "\n").replace('\r', '\n');
        body = body.startsWith("\n") ? body.substring(1).stripTrailing() : body.stripTrailing();
        if (inCell() || heading > 0) {
            inline.append(body, Style.PLAIN);
            return;
        }
        flush();
        if (!body.isBlank()) {
            String fence = "`".repeat(Math.max(3, Escapes.longestRun(body, '`') + 1));
            out.block(marked && fenced ? fence + "\n" + body + "\n" + fence : body);
        }
    }

    void startTable() {
        flush();
        if (grid == null) {
            grid = new Grid(new TableBuilder(guard));
        } else {
            grid.nested++;
        }
    }

    void startRow() {
        flush();
        if (grid != null && !grid.isNested()) {
            grid.table.startRow();
        }
    }

    void startCell(int columnSpan, int rowSpan) {
        if (grid == null || grid.isNested()) {
            inline.append(" ", Style.PLAIN);
            return;
        }
        flush();
        grid.inCell = true;
        grid.columnSpan = columnSpan;
        grid.rowSpan = rowSpan;
    }

    void endCell() {
        if (grid == null || grid.isNested()) {
            inline.append(" ", Style.PLAIN);
            return;
        }
        String text = marked ? inline.markdown(true) : inline.plain();
        grid.table.cell(cellText(text), grid.columnSpan, grid.rowSpan);
        grid.inCell = false;
        inline = new InlineText();
    }

    void endRow() {
        flush();
        if (grid != null && !grid.isNested()) {
            grid.table.endRow();
        }
    }

    void endTable() {
        flush();
        if (grid == null) {
            return;
        }
        if (grid.isNested()) {
            grid.nested--;
            return;
        }
        TableBuilder table = grid.table;
        grid = null;
        if (table.columns() == 1) {
            // One column is a frame around text, not a table.
            for (int i = 0; i < table.rows(); i++) {
                String[] row = i == 0 ? TableWriter.withoutBold(table.row(0)) : table.row(i);
                out.block(paragraph(row[0].replace("<br>", "\n").replace("\\|", "|")));
            }
        } else if (table.rows() > 0) {
            new TableWriter(guard, marked, out).write(table);
        }
    }

    private boolean inCell() {
        return grid != null && grid.inCell;
    }

    private String cellText(String text) {
        return text.replaceAll(" *\n+ *", marked ? "<br>" : " ");
    }

    /** Each line on its own, as it was, and none beginning a heading or list. */
    private String paragraph(String text) {
        if (!marked) {
            return text;
        }
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(Escapes::lineStart)
                .collect(Collectors.joining("  \n"));
    }
}
