package io.batchengine.documents.extract;

import io.batchengine.documents.extract.Rule.Column;
import io.batchengine.documents.internal.rows.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table that a rule was looking for.
 *
 * @param rows the document's rows, as the rule sees them
 * @param header the row of its headers
 * @param end behind its last row; total rows are not part of it
 * @param columns property to the place of its column
 */
record FoundTable(List<Row> rows, int header, int end, Map<String, Integer> columns) {
    boolean contains(int row) {
        return row >= header && row < end;
    }

    /**
     * The same table with its columns where they are in rows that stand apart from their header, as a page's layout may have it: without
     * the header's empty cells. Null where such a row has another number of cells.
     */
    @Nullable
    FoundTable apartFrom(Row row) {
        List<String> cells = rows.get(header).cells();
        if (row.cells().size() == cells.size()) {
            return this;
        }
        Map<String, Integer> places = new HashMap<>();
        columns.forEach((property, place) -> places.put(property, (int)
                cells.subList(0, place).stream().filter(cell -> !cell.isEmpty()).count()));
        long filled = cells.stream().filter(cell -> !cell.isEmpty()).count();
        return row.cells().size() == filled ? new FoundTable(rows, header, end, places) : null;
    }

    /** A cell's text; empty where the row is too short. */
    static String cell(Row row, int column) {
        return column < row.cells().size() ? row.cells().get(column) : "";
    }

    /** Whether a row has a text in every column that every table must have. */
    boolean isFull(Row row, Rule.Table rule) {
        for (Map.Entry<String, Column> column : rule.columns().entrySet()) {
            Integer place = columns.get(column.getKey());
            if (!column.getValue().optional()
                    && place != null
                    && cell(row, place).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** The same table without what is behind a row. */
    FoundTable endingAt(int row) {
        return new FoundTable(rows, header, row, columns);
    }

    /** The cells of a row as one list, for comparing headers. */
    static List<String> folded(Row row) {
        return row.cells().stream().map(Folding::label).toList();
    }
}
