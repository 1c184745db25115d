package io.batchengine.documents.markdown;

import io.batchengine.documents.reading.Guard;
import io.batchengine.model.Text;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gathers a table's cells, spans filled up with empty ones, and gives it without its empty rows and columns. */
final class TableBuilder {
    private static final int MAX_SPAN = 1_000;
    private static final int MAX_COLUMNS = 16_384;

    private final List<List<String>> rows = new ArrayList<>();
    /** Column to rows that a cell above still covers. */
    private final Map<Integer, Integer> covered = new HashMap<>();

    private final Guard guard;

    TableBuilder(Guard guard) {
        this.guard = guard;
    }

    void startRow() {
        rows.add(new ArrayList<>());
    }

    void cell(String text, int columnSpan, int rowSpan) {
        if (rows.isEmpty()) {
            startRow();
        }
        List<String> row = rows.get(rows.size() - 1);
        fillCovered(row);
        for (int i = 0; i < Math.min(columnSpan, MAX_SPAN); i++) {
            if (rowSpan > 1) {
                covered.merge(row.size(), Math.min(rowSpan, MAX_SPAN) - 1, Math::max);
            }
            add(row, i == 0 ? text : "");
        }
    }

    void endRow() {
        if (!rows.isEmpty()) {
            fillCovered(rows.get(rows.size() - 1));
        }
    }

    private void fillCovered(List<String> row) {
        for (Integer left = covered.get(row.size()); left != null; left = covered.get(row.size())) {
            if (left > 1) {
                covered.put(row.size(), left - 1);
            } else {
                covered.remove(row.size());
            }
            add(row, "");
        }
    }

    private void add(List<String> row, String text) {
        guard.buffered(1);
        if (row.size() >= MAX_COLUMNS) {
            throw guard.fail(Text.format("the document has a table of more than %,d columns", MAX_COLUMNS));
        }
        row.add(text);
    }

    /** The rows that hold something, all of one length; empty where nothing does. */
    List<List<String>> trimmed() {
        List<List<String>> kept = rows.stream()
                .filter(row -> row.stream().anyMatch(cell -> !cell.isBlank()))
                .toList();
        List<Integer> columns = filledColumns(kept);
        List<List<String>> result = new ArrayList<>(kept.size());
        for (List<String> row : kept) {
            List<String> cells = new ArrayList<>(columns.size());
            for (int column : columns) {
                guard.buffered(1);
                cells.add(column < row.size() ? row.get(column) : "");
            }
            result.add(cells);
        }
        return result;
    }

    private static List<Integer> filledColumns(List<List<String>> rows) {
        BitSet filled = new BitSet();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                if (!row.get(i).isBlank()) {
                    filled.set(i);
                }
            }
        }
        return filled.stream().boxed().toList();
    }
}
