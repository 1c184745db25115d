package io.batchengine.documents.internal.office;

import io.batchengine.documents.internal.reading.Ints;
import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.documents.internal.reading.Texts;
import io.batchengine.documents.internal.reading.Xhtml;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a sheet, as blocks with empty rows between them. Blocks that begin and end in the same columns are one table with a gap; a
 * block of one column is text. Only the block that is being read is held, and what it will write is counted while it grows.
 */
final class SheetBlocks {
    /**
     * What a cell shows.
     *
     * @param text the text
     * @param number whether the cell holds a number
     */
    record Cell(String text, boolean number) {}

    private final Xhtml out;
    private final ReadingGuard guard;
    private final Texts texts = new Texts();
    private final Ints columns = new Ints();
    /** The first cell of each row. */
    private final Ints rows = new Ints();
    /** The links by cell. */
    private final Map<Integer, String> links = new HashMap<>();
    /** The cells that hold numbers. */
    private final BitSet numbers = new BitSet();

    private int first = Integer.MAX_VALUE;
    private int last;
    private int lastRow;
    private boolean tableOpen;
    private int tableFirst;
    private int tableLast;

    SheetBlocks(Xhtml out, ReadingGuard guard) {
        this.out = out;
        this.guard = guard;
    }

    /** Adds a cell; rows come in ascending order, and the cells of a row in any. */
    void cell(int row, int column, Cell cell, @Nullable String link) {
        if (texts.size() > 0 && row > lastRow + 1) {
            writeBlock();
        }
        if (texts.size() == 0 || row != lastRow) {
            rows.add(texts.size());
        }
        if (link != null) {
            links.put(texts.size(), link);
        }
        numbers.set(texts.size(), cell.number());
        texts.add(cell.text());
        columns.add(column);
        guard.gathered(texts.length());
        first = Math.min(first, column);
        last = Math.max(last, column);
        lastRow = row;
    }

    /** Writes what is left. */
    void close() {
        writeBlock();
        closeTable();
    }

    private void writeBlock() {
        boolean table = last > first;
        if (!table || first != tableFirst || last != tableLast) {
            closeTable();
        }
        if (table && !tableOpen) {
            out.start("table");
            tableOpen = true;
            tableFirst = first;
            tableLast = last;
        }
        for (int i = 0; i < rows.size(); i++) {
            int end = i + 1 < rows.size() ? rows.get(i + 1) : texts.size();
            if (table) {
                writeRow(rows.get(i), end);
            } else {
                writeParagraph(rows.get(i), end);
            }
        }
        texts.clear();
        columns.clear();
        rows.clear();
        links.clear();
        numbers.clear();
        first = Integer.MAX_VALUE;
        last = 0;
    }

    private void closeTable() {
        if (tableOpen) {
            out.end("table");
            tableOpen = false;
        }
    }

    private void writeParagraph(int from, int to) {
        out.start("p");
        for (int cell = from; cell < to; cell++) {
            run(cell, texts.get(cell));
        }
        out.end("p");
    }

    private void writeRow(int from, int to) {
        out.start("tr");
        int column = first;
        boolean open = false;
        for (int cell : byColumn(from, to)) {
            if (open && columns.get(cell) == column) {
                out.lineBreak(); // the cell is there twice
            } else {
                column += open ? 1 : 0;
                endIf(open);
                for (; column < columns.get(cell); column++) {
                    out.element("td", "");
                }
                out.start("td");
                open = true;
            }
            writeLines(cell);
        }
        endIf(open);
        out.end("tr");
    }

    private void endIf(boolean open) {
        if (open) {
            out.end("td");
        }
    }

    private int[] byColumn(int from, int to) {
        IntStream cells = IntStream.range(from, to);
        for (int cell = from + 1; cell < to; cell++) {
            if (columns.get(cell) < columns.get(cell - 1)) {
                return cells.boxed()
                        .sorted(Comparator.comparingInt(columns::get))
                        .mapToInt(Integer::intValue)
                        .toArray();
            }
        }
        return cells.toArray();
    }

    private void writeLines(int cell) {
        List<String> lines = texts.get(cell).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (i > 0) {
                out.lineBreak();
            }
            run(cell, lines.get(i));
        }
    }

    private void run(int cell, String text) {
        out.start("data", numbers.get(cell) ? Xhtml.NUMBER : Xhtml.NO_NUMBER, text);
        out.run(text, false, false, false, links.get(cell));
        out.end("data");
    }
}
