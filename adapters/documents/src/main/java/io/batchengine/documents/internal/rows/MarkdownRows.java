package io.batchengine.documents.internal.rows;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Markdown into rows: headings, lines and the rows of pipe tables. */
public final class MarkdownRows {
    private static final Pattern HEADING = Pattern.compile(" {0,3}(#{1,6})[ \\t]+([^\\n]*)");
    private static final Pattern CLOSING_MARKS = Pattern.compile("[ \\t]#{1,6}$");
    private static final Pattern FENCE = Pattern.compile(" {0,3}(?:```|~~~).*");
    private static final Pattern RULER = Pattern.compile(" {0,3}(?:[-_*=] {0,3}){3,200}");
    private static final Pattern BULLET = Pattern.compile("[ \\t]*(?:> ?){0,20}(?:[-+*\u2022][ \\t]+)?");
    private static final Pattern GAP = Pattern.compile(" ?\\t[ \\t]*| {2,}");

    private final String[] lines;
    private final List<Row> rows = new ArrayList<>();
    private int at;
    private int block;
    private boolean fenced;

    private MarkdownRows(String markdown) {
        String text = Normalizer.isNormalized(markdown, Normalizer.Form.NFC)
                ? markdown
                : Normalizer.normalize(markdown, Normalizer.Form.NFC);
        lines = text.split("\r?\n|\r", -1);
    }

    /**
     * Reads a document.
     *
     * @param markdown Markdown with GFM tables
     * @return its rows in reading order, without blank lines and rulers; empty rows of tables stay
     */
    public static List<Row> read(String markdown) {
        return new MarkdownRows(markdown).read();
    }

    private List<Row> read() {
        while (at < lines.length) {
            String line = lines[at];
            if (FENCE.matcher(line).matches()) {
                fenced = !fenced;
                block++;
                at++;
            } else if (line.isBlank() || RULER.matcher(line).matches()) {
                block++;
                at++;
            } else if (!fenced && isTable()) {
                table();
            } else {
                line(line);
                at++;
            }
        }
        return rows;
    }

    private boolean isTable() {
        return lines[at].indexOf('|') >= 0
                && at + 1 < lines.length
                && TableRow.isDelimiter(lines[at + 1])
                && TableRow.split(lines[at]).size()
                        == TableRow.split(lines[at + 1]).size();
    }

    private void table() {
        block++;
        tableRow(lines[at]);
        at += 2;
        while (at < lines.length && lines[at].indexOf('|') >= 0) {
            tableRow(lines[at]);
            at++;
        }
        block++;
    }

    private void tableRow(String line) {
        rows.add(new Row(
                block,
                0,
                true,
                TableRow.split(line).stream()
                        .map(cell -> Inline.text(cell).strip())
                        .toList()));
    }

    private void line(String line) {
        Matcher heading = HEADING.matcher(line);
        if (!fenced && heading.matches()) {
            block++;
            String text = CLOSING_MARKS.matcher(heading.group(2)).replaceFirst("");
            add(heading.group(1).length(), Inline.text(text));
            block++;
        } else if (fenced) {
            add(0, line);
        } else {
            Matcher bullet = BULLET.matcher(line);
            add(0, Inline.text(bullet.lookingAt() ? line.substring(bullet.end()) : line));
        }
    }

    private void add(int heading, String text) {
        for (String part : text.split("\n", -1)) {
            List<String> cells = new ArrayList<>(List.of(GAP.split(part.strip())));
            cells.removeIf(String::isBlank);
            if (!cells.isEmpty()) {
                rows.add(new Row(block, heading, false, cells));
            }
        }
    }
}
