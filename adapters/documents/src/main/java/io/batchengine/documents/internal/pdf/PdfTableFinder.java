package io.batchengine.documents.internal.pdf;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds tables: lines with gaps at the same places. A line with a single cell may go on a cell above. */
final class PdfTableFinder {
    private static final double ROWS_APART = 3.2;
    private static final double WRAPPED_APART = 1.45;
    private static final int PROSE_LENGTH = 40;
    private static final int PROSE_LINES = 4;

    private PdfTableFinder() {}

    /** What a run of lines is. */
    enum Kind {
        TABLE,
        /** Labels that end in a colon, and their values. */
        PAIRS,
        /** Two columns of running text. */
        PROSE
    }

    /** A run of lines that stand in columns: rows of cells, where a cell may be null. */
    record Table(Kind kind, int lines, List<@Nullable Segment[]> rows) {}

    /** The table that begins at a line, or null. */
    static @Nullable Table at(List<TextLine> lines, int from) {
        if (lines.get(from).isSingle()) {
            return null;
        }
        Columns columns = Columns.of(lines.get(from));
        int to = from + 1;
        while (to < lines.size() && goesOn(lines, to, columns) && !startsAnother(lines, from, to)) {
            columns = lines.get(to).isSingle() ? columns : columns.with(lines.get(to));
            to++;
        }
        List<@Nullable Segment[]> rows = rows(lines.subList(from, to), columns);
        if (rows.size() < 2 && !isPair(lines.get(from))) {
            return null;
        }
        return new Table(kind(rows, columns), to - from, rows);
    }

    /** Below labelled values a line without a label begins something else. */
    private static boolean startsAnother(List<TextLine> lines, int from, int at) {
        return isPair(lines.get(from)) && !lines.get(at).isSingle() && !isPair(lines.get(at));
    }

    private static boolean isPair(TextLine line) {
        return line.segments().size() == 2 && endsWithColon(line.segments().get(0));
    }

    private static boolean goesOn(List<TextLine> lines, int at, Columns columns) {
        TextLine line = lines.get(at);
        TextLine above = lines.get(at - 1);
        if (!line.isCloseBelow(above, ROWS_APART) || line.size() > 1.3 * above.size()) {
            return false;
        }
        if (!line.isSingle()) {
            return columns.fits(line);
        }
        if (line.isItem() || columns.with(line).count() != columns.count() || !isInOneStrip(line, columns)) {
            return false;
        }
        if (line.isCloseBelow(above, WRAPPED_APART)) {
            return true;
        }
        // A row with a single cell stands between rows; below the last one it is text.
        return at + 1 < lines.size()
                && !lines.get(at + 1).isSingle()
                && lines.get(at + 1).isCloseBelow(line, ROWS_APART)
                && columns.fits(lines.get(at + 1));
    }

    private static boolean isInOneStrip(TextLine line, Columns columns) {
        Columns.Strip strip =
                columns.strips().get(columns.indexOf(line.segments().get(0)));
        double slack = 2 * line.size();
        return line.start() >= strip.start() - slack && line.end() <= strip.end() + slack;
    }

    private static List<@Nullable Segment[]> rows(List<TextLine> lines, Columns columns) {
        List<@Nullable Segment[]> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            TextLine line = lines.get(i);
            if (line.isSingle() && i > 0 && wraps(lines, i, columns)) {
                int column = columns.indexOf(line.segments().get(0));
                @Nullable Segment[] above = rows.get(rows.size() - 1);
                Segment cell = above[column];
                above[column] = cell == null
                        ? line.segments().get(0)
                        : cell.join(line.segments().get(0));
                continue;
            }
            @Nullable Segment[] row = new @Nullable Segment[columns.count()];
            for (Segment segment : line.segments()) {
                int column = columns.indexOf(segment);
                Segment cell = row[column];
                row[column] = cell == null ? segment : cell.join(segment);
            }
            rows.add(row);
        }
        return rows;
    }

    /** Whether a line with one cell goes on the row above: it stands closer to it than rows do. */
    private static boolean wraps(List<TextLine> lines, int at, Columns columns) {
        TextLine line = lines.get(at);
        if (!line.isCloseBelow(lines.get(at - 1), WRAPPED_APART)) {
            return false;
        }
        if (columns.indexOf(line.segments().get(0)) > 0) {
            return true;
        }
        boolean last = at + 1 == lines.size();
        return last || lines.get(at + 1).below(line) > 1.1 * line.below(lines.get(at - 1));
    }

    private static Kind kind(List<@Nullable Segment[]> rows, Columns columns) {
        if (columns.count() != 2) {
            return Kind.TABLE;
        }
        long labels = rows.stream().filter(row -> endsWithColon(row[0])).count();
        if (labels * 2 > rows.size()) {
            return Kind.PAIRS;
        }
        long prose =
                rows.stream().filter(row -> isLong(row[0]) && isLong(row[1])).count();
        return prose >= PROSE_LINES && prose * 2 > rows.size() ? Kind.PROSE : Kind.TABLE;
    }

    private static boolean endsWithColon(@Nullable Segment cell) {
        return cell != null && cell.text().strip().endsWith(":");
    }

    private static boolean isLong(@Nullable Segment cell) {
        return cell != null && cell.text().length() >= PROSE_LENGTH;
    }
}
