package io.batchengine.documents.extract;

import io.batchengine.documents.extract.Rule.Column;
import io.batchengine.documents.internal.rows.Row;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the table that a rule describes by its headers. The header may be any row of a pipe table (a spreadsheet's sheet is one), or a
 * line of words that are set apart. A table that goes on below the same header, as on the next page, is found with all its parts.
 */
final class TableFinder {
    private final Rule.Table rule;
    private final List<Row> rows;
    private final BitSet within;

    TableFinder(Rule.Table rule, List<Row> rows, BitSet within) {
        this.rule = rule;
        this.rows = rows;
        this.within = within;
    }

    /** The parts of the first such table, in order; empty where there is none. */
    List<FoundTable> find(BooleanSupplier stopRequested) {
        List<FoundTable> parts = new ArrayList<>();
        List<String> header = List.of();
        int row = 0;
        while (row < rows.size() && !stopRequested.getAsBoolean()) {
            Map<String, Integer> columns = within.get(row) && isHeader(row, header) ? columns(rows.get(row)) : null;
            if (columns == null) {
                row++;
                continue;
            }
            header = FoundTable.folded(rows.get(row));
            FoundTable part = part(row, columns);
            parts.add(part);
            row = part.end();
        }
        return parts;
    }

    private boolean isHeader(int row, List<String> header) {
        return header.isEmpty() || FoundTable.folded(rows.get(row)).equals(header);
    }

    private FoundTable part(int header, Map<String, Integer> columns) {
        FoundTable table = new FoundTable(rows, header, header + 1, columns);
        int first = header + 1;
        boolean apart = first < rows.size()
                && !continues(header, first)
                && rows.get(header).table();
        FoundTable shifted = apart && rows.get(first).table() ? table.apartFrom(rows.get(first)) : null;
        if (shifted != null) {
            return upToTotals(shifted, first);
        }
        return upToTotals(table, header);
    }

    /** The table up to the last row that goes on like a row, and is no total. */
    private FoundTable upToTotals(FoundTable table, int like) {
        int end = table.header() + 1;
        while (end < rows.size() && (end == like || continues(like, end)) && !isStop(rule, table, rows.get(end))) {
            end++;
        }
        return table.endingAt(end);
    }

    private boolean continues(int like, int index) {
        Row first = rows.get(like);
        Row row = rows.get(index);
        if (first.table()) {
            return row.table() && row.block() == first.block() && !isRepeated(like, row);
        }
        return !row.table()
                && row.heading() == 0
                && row.cells().size() == first.cells().size();
    }

    /** Whether a row repeats the header that it would go on below. */
    private boolean isRepeated(int like, Row row) {
        return FoundTable.folded(row).equals(FoundTable.folded(rows.get(like))) && columns(row) != null;
    }

    /** A row that begins with a total's label, unless it has a text in every column as an ordinary row has. */
    static boolean isStop(Rule.Table rule, FoundTable table, Row row) {
        return isNamedStop(rule, row) && !table.isFull(row, rule);
    }

    /** A row that begins with a total's label. */
    static boolean isNamedStop(Rule.Table rule, Row row) {
        String first = row.cells().stream()
                .filter(cell -> !cell.isEmpty())
                .findFirst()
                .map(Folding::fold)
                .orElse("");
        return rule.stopAt().stream()
                .anyMatch(label -> first.startsWith(label) && Labels.isBoundary(first, label.length()));
    }

    /** Property to column, or null where a column is missing that every such table has. */
    private @Nullable Map<String, Integer> columns(Row row) {
        if (row.heading() > 0 || row.cells().size() < 2) {
            return null;
        }
        List<String> cells = FoundTable.folded(row);
        Map<String, Integer> columns = new HashMap<>();
        for (Map.Entry<String, Column> column : rule.columns().entrySet()) {
            int place = place(column.getValue(), cells, columns);
            if (place >= 0) {
                columns.put(column.getKey(), place);
            } else if (!column.getValue().optional()) {
                return null;
            }
        }
        return columns;
    }

    /** The cell that is a header of the column, or else the first that begins with one; -1 for none. */
    private static int place(Column column, List<String> cells, Map<String, Integer> taken) {
        for (String header : column.headers()) {
            int exact = cells.indexOf(header);
            if (exact >= 0 && !taken.containsValue(exact)) {
                return exact;
            }
        }
        for (String header : column.headers()) {
            for (int i = 0; i < cells.size(); i++) {
                String cell = cells.get(i);
                if (!taken.containsValue(i) && cell.startsWith(header) && Labels.isBoundary(cell, header.length())) {
                    return i;
                }
            }
        }
        return -1;
    }
}
