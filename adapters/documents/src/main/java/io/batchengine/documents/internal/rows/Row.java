package io.batchengine.documents.internal.rows;

import java.util.List;

/**
 * A line of a document, or a row of one of its tables, as plain text.
 *
 * @param block the same for all rows of a table, and for the lines of a paragraph; ascending
 * @param heading 1 to 6 for a heading, otherwise 0
 * @param table whether it is a row of a table
 * @param cells a table row's cells, of one or more lines each and empty where there is nothing; for another line its parts, set apart by
 *     tabs or runs of spaces. At least one
 */
public record Row(int block, int heading, boolean table, List<String> cells) {
    /** Copies the cells. */
    public Row {
        cells = List.copyOf(cells);
    }

    /**
     * Whether there is nothing in it.
     *
     * @return true where every cell is empty
     */
    public boolean isEmpty() {
        return cells.stream().allMatch(String::isEmpty);
    }
}
