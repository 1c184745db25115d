package io.batchengine.documents.internal.rows;

import java.util.ArrayList;
import java.util.List;

/** The cells of a line of a pipe table. */
final class TableRow {
    private TableRow() {}

    /** Splits at the pipes that are not escaped; an escaped pipe loses its backslash. The cells are still Markdown. */
    static List<String> split(String line) {
        String text = line.strip();
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        int start = text.startsWith("|") ? 1 : 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                char escaped = text.charAt(++i);
                cell.append(escaped == '|' ? "" : "\\").append(escaped);
            } else if (c == '|') {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        if (!text.endsWith("|") || text.endsWith("\\|") || cells.isEmpty()) {
            cells.add(cell.toString().strip());
        }
        return cells;
    }

    /** Whether a line is the one below a table's header, such as {@code | --- | :-: |}. */
    static boolean isDelimiter(String line) {
        if (line.indexOf('-') < 0 || line.indexOf('|') < 0) {
            return false;
        }
        for (int i = 0; i < line.length(); i++) {
            if ("|-: \t".indexOf(line.charAt(i)) < 0) {
                return false;
            }
        }
        return split(line).stream().allMatch(TableRow::isDelimiterCell);
    }

    private static boolean isDelimiterCell(String cell) {
        int start = cell.startsWith(":") ? 1 : 0;
        int end = cell.length() - (cell.length() > 1 && cell.endsWith(":") ? 1 : 0);
        return end > start && cell.substring(start, end).chars().allMatch(c -> c == '-');
    }
}
