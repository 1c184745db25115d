package io.batchengine.documents.internal.markdown;

import io.batchengine.documents.internal.reading.ReadingGuard;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Writes a table row by row. */
final class TableWriter {
    private static final Pattern BOLD = Pattern.compile("\\*\\*([^*]+)\\*\\*");

    private final ReadingGuard guard;
    private final boolean marked;
    private final BlockWriter out;

    TableWriter(ReadingGuard guard, boolean marked, BlockWriter out) {
        this.guard = guard;
        this.marked = marked;
        this.out = out;
    }

    void write(TableBuilder table) {
        out.startBlock();
        for (int i = 0; i < table.rows(); i++) {
            guard.check();
            String[] row = i == 0 ? withoutBold(table.row(0)) : table.row(i);
            if (!marked) {
                out.line(String.join("\t", row).strip());
                continue;
            }
            out.line("| " + String.join(" | ", row) + " |");
            if (i == 0) {
                out.line("|" + " --- |".repeat(row.length));
            }
        }
    }

    /** Markdown shows the first row as bold by itself. */
    static String[] withoutBold(String[] header) {
        boolean bold = Arrays.stream(header)
                .allMatch(cell -> cell.isEmpty() || BOLD.matcher(cell).matches());
        return bold
                ? Arrays.stream(header)
                        .map(cell -> BOLD.matcher(cell).replaceAll("$1"))
                        .toArray(String[]::new)
                : header;
    }
}
