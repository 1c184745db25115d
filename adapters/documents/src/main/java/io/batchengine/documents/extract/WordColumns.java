package io.batchengine.documents.extract;

import io.batchengine.documents.extract.Rule.Column;
import io.batchengine.documents.internal.rows.Row;
import io.batchengine.documents.internal.value.TextType;
import io.batchengine.documents.internal.value.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Tells columns apart where only single spaces are left between them, as in a mail's text: below a line of nothing but headers, each
 * number, date and the like takes the words that read as one, and the one column of text takes the rest. What can be read in two
 * ways is not split; it then is a row of text alone.
 */
final class WordColumns {
    private static final int MAX_LINE = 1_000;
    /** As many words as a date has. */
    private static final int MAX_WORDS = 4;

    private final Rule.Table rule;

    private WordColumns(Rule.Table rule) {
        this.rule = rule;
    }

    /** The rows, with the lines of such a table as rows of cells; the number of rows stays the same. */
    static List<Row> split(Rule.Table rule, List<Row> rows) {
        var columns = new WordColumns(rule);
        List<Row> split = new ArrayList<>(rows);
        for (int i = 0; i < split.size(); i++) {
            List<String> header = isLine(rows.get(i)) ? columns.header(rows.get(i)) : List.of();
            if (header.isEmpty()) {
                continue;
            }
            split.set(i, columns.headerRow(rows.get(i), header));
            int end = i + 1;
            while (end < rows.size()
                    && isLine(rows.get(end))
                    && rows.get(end).block() == rows.get(i).block()) {
                split.set(end, columns.row(rows.get(end), header));
                end++;
            }
            i = end - 1;
        }
        return split;
    }

    private static boolean isLine(Row row) {
        return !row.table()
                && row.heading() == 0
                && row.cells().size() == 1
                && row.cells().get(0).length() <= MAX_LINE;
    }

    /** The properties in the order of their headers, where the line holds nothing else; or an empty list. */
    private List<String> header(Row row) {
        String rest = Folding.label(row.cells().get(0));
        List<String> found = new ArrayList<>();
        while (!rest.isEmpty()) {
            String property = null;
            int longest = 0;
            for (Map.Entry<String, Column> column : rule.columns().entrySet()) {
                for (String header : column.getValue().headers()) {
                    boolean begins = rest.equals(header) || rest.startsWith(header + " ");
                    if (begins && header.length() > longest && !found.contains(column.getKey())) {
                        property = column.getKey();
                        longest = header.length();
                    }
                }
            }
            if (property == null) {
                return List.of();
            }
            found.add(property);
            rest = rest.substring(longest).strip();
        }
        boolean complete = rule.columns().entrySet().stream()
                .allMatch(column -> column.getValue().optional() || found.contains(column.getKey()));
        long texts = found.stream()
                .filter(property -> column(property).type() instanceof TextType)
                .count();
        return complete && found.size() > 1 && texts == 1 ? found : List.of();
    }

    private Row headerRow(Row row, List<String> header) {
        return with(
                row,
                header.stream()
                        .map(property -> column(property).headers().get(0))
                        .toList());
    }

    private Row row(Row row, List<String> header) {
        int text = textColumn(header);
        List<String> words = new ArrayList<>(List.of(row.cells().get(0).split(" ", -1)));
        List<String> cells = new ArrayList<>(Collections.nCopies(header.size(), ""));
        boolean told = true;
        for (int i = 0; told && i < text; i++) {
            told = take(words, column(header.get(i)).type(), true, cells, i);
        }
        for (int i = header.size() - 1; told && i > text; i--) {
            told = take(words, column(header.get(i)).type(), false, cells, i);
        }
        if (!told || words.isEmpty()) {
            Collections.fill(cells, "");
            cells.set(text, row.cells().get(0));
        } else {
            cells.set(text, String.join(" ", words));
        }
        return with(row, cells);
    }

    /** The place of the one column of text. */
    private int textColumn(List<String> header) {
        int place = 0;
        while (!(column(header.get(place)).type() instanceof TextType)) {
            place++;
        }
        return place;
    }

    /** Takes the words of one value off an end; false where none or more than one value could be meant. */
    private static boolean take(List<String> words, ValueType type, boolean first, List<String> cells, int cell) {
        Object value = null;
        int taken = 0;
        for (int count = 1; count <= Math.min(MAX_WORDS, words.size()); count++) {
            Optional<Object> read = type.in(-1).read(String.join(" ", part(words, count, first)));
            if (read.isPresent() && value != null && !value.equals(read.get())) {
                return false;
            }
            if (read.isPresent()) {
                value = read.get();
                taken = count;
            }
        }
        cells.set(cell, String.join(" ", part(words, taken, first)));
        part(words, taken, first).clear();
        return taken > 0;
    }

    private static List<String> part(List<String> words, int count, boolean first) {
        return first ? words.subList(0, count) : words.subList(words.size() - count, words.size());
    }

    private Column column(String property) {
        return Objects.requireNonNull(rule.columns().get(property));
    }

    private static Row with(Row row, List<String> cells) {
        return new Row(row.block(), row.heading(), row.table(), cells);
    }
}
