package io.batchengine.documents.extract;

import io.batchengine.documents.extract.Rule.Column;
import io.batchengine.documents.internal.rows.Row;
import io.batchengine.documents.internal.value.TextType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Looks below a table for rows that the layout of a page set apart from it: a part on the next page without a header, or the rows below one
 * that wraps. They are told and not taken, since they may as well be of another table.
 */
final class TableEnd {
    private static final int LOOKED_AT = 20;
    private static final int LONGEST_LINE = 1_000;
    /** As many words as a date has. */
    private static final int MOST_WORDS = 4;
    /** A text and one number may be anything. */
    private static final int FEWEST_TYPED = 2;

    private final Rule.Table rule;
    private final FoundTable table;
    /** The properties of the header, from left to right. */
    private final List<String> header;

    TableEnd(Rule.Table rule, FoundTable table) {
        this.rule = rule;
        this.table = table;
        this.header = new ArrayList<>(table.columns().keySet());
        header.sort(Comparator.comparing(this::place));
    }

    /** The first row below the table, and before another place, that looks like one of it. */
    Optional<String> missing(int before) {
        long typed = header.stream().filter(this::isCounted).count();
        for (int i = table.end(); i < Math.min(before, table.end() + LOOKED_AT) && typed >= FEWEST_TYPED; i++) {
            Row row = table.rows().get(i);
            if (row.heading() > 0 || TableFinder.isNamedStop(rule, row)) {
                return Optional.empty();
            }
            if (isLike(row)) {
                return Optional.of(String.join(row.table() ? " | " : "  ", row.cells()));
            }
            if (row.table()) {
                return Optional.empty(); // a table of its own, whose first row is its header
            }
        }
        return Optional.empty();
    }

    private boolean isTyped(String property) {
        return !(column(property).type() instanceof TextType);
    }

    private boolean isCounted(String property) {
        return isTyped(property) && !column(property).optional();
    }

    private boolean isLike(Row row) {
        if (row.cells().size() == table.rows().get(table.header()).cells().size()) {
            return header.stream().allMatch(property -> isLike(row, property));
        }
        return !row.table()
                && row.cells().size() == 1
                && hasHeaderOfOneText()
                && isLike(row.cells().get(0));
    }

    /** Whether the words at both ends of a line are values of the columns beside the one of text, and some are left for that. */
    private boolean isLike(String line) {
        if (line.length() > LONGEST_LINE) {
            return false;
        }
        List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
        int left = 0;
        int right = header.size() - 1;
        while (isTyped(header.get(left)) && take(words, header.get(left), true)) {
            left++;
        }
        while (isTyped(header.get(right)) && take(words, header.get(right), false)) {
            right--;
        }
        return left == right && !words.isEmpty();
    }

    /** Takes as few words as are a value off an end of a line. */
    private boolean take(List<String> words, String property, boolean first) {
        for (int count = 1; count <= Math.min(MOST_WORDS, words.size()); count++) {
            List<String> taken = first ? words.subList(0, count) : words.subList(words.size() - count, words.size());
            if (column(property).type().in(-1).read(String.join(" ", taken)).isPresent()) {
                taken.clear();
                return true;
            }
        }
        return false;
    }

    private boolean isLike(Row row, String property) {
        String text = FoundTable.cell(row, place(property));
        if (text.isEmpty()) {
            return !isCounted(property);
        }
        return !isTyped(property) || column(property).type().in(-1).read(text).isPresent();
    }

    /** Whether all columns are known, and all but one of them have a type: then the words of a line can be told apart. */
    private boolean hasHeaderOfOneText() {
        long typed = header.stream().filter(this::isTyped).count();
        return typed == header.size() - 1
                && header.size() == table.rows().get(table.header()).cells().size();
    }

    private int place(String property) {
        return Objects.requireNonNull(table.columns().get(property));
    }

    private Column column(String property) {
        return Objects.requireNonNull(rule.columns().get(property));
    }
}
