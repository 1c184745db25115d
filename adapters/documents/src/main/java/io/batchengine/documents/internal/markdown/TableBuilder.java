package io.batchengine.documents.internal.markdown;

import io.batchengine.documents.internal.reading.Ints;
import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.documents.internal.reading.Texts;
import io.batchengine.model.Text;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Gathers a table's cells, spans filled up with empty ones, and gives it without its empty rows and columns. */
final class TableBuilder {
    private static final int MAX_SPAN = 1_000;
    private static final int MAX_COLUMNS = 16_384;

    private final ReadingGuard guard;
    /** The cells that are not blank, and the column of each. */
    private final Texts texts = new Texts();

    private final Ints columns = new Ints();
    /** The first of these cells of each row that has any. */
    private final Ints rows = new Ints();

    private final BitSet filled = new BitSet();
    /** Column to rows that a cell above still covers. */
    private final Map<Integer, Integer> covered = new HashMap<>();

    private int column;
    private boolean rowHasCells;

    TableBuilder(ReadingGuard guard) {
        this.guard = guard;
    }

    void startRow() {
        column = 0;
        rowHasCells = false;
    }

    void cell(String text, int columnSpan, int rowSpan) {
        fillCovered();
        for (int i = 0; i < Math.min(columnSpan, MAX_SPAN); i++) {
            if (rowSpan > 1) {
                covered.merge(column, Math.min(rowSpan, MAX_SPAN) - 1, Math::max);
            }
            add(i == 0 ? text : "");
        }
    }

    void endRow() {
        fillCovered();
    }

    private void fillCovered() {
        for (Integer left = covered.get(column); left != null; left = covered.get(column)) {
            if (left > 1) {
                covered.put(column, left - 1);
            } else {
                covered.remove(column);
            }
            add("");
        }
    }

    private void add(String text) {
        guard.buffered(1);
        if (column >= MAX_COLUMNS) {
            throw guard.fail(Text.format("the document has a table of more than %,d columns", MAX_COLUMNS));
        }
        if (!text.isBlank()) {
            if (!rowHasCells) {
                rows.add(texts.size());
                rowHasCells = true;
            }
            texts.add(text);
            columns.add(column);
            filled.set(column);
            guard.gathered(texts.length());
        }
        column++;
    }

    /** How much is held, in characters. */
    int length() {
        return texts.length();
    }

    /** How many rows hold something. */
    int rows() {
        return rows.size();
    }

    /** How many columns hold something. */
    int columns() {
        return filled.cardinality();
    }

    /** The cells of one of the rows that hold something, one for each column that does. */
    String[] row(int index) {
        String[] cells = new String[columns()];
        Arrays.fill(cells, "");
        int end = index + 1 < rows.size() ? rows.get(index + 1) : texts.size();
        int place = 0;
        int at = filled.nextSetBit(0);
        for (int cell = rows.get(index); cell < end; cell++) {
            while (at < columns.get(cell)) {
                at = filled.nextSetBit(at + 1);
                place++;
            }
            cells[place] = texts.get(cell);
        }
        return cells;
    }
}
