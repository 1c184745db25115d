package io.batchengine.documents.extract;

import io.batchengine.documents.DocumentException;
import io.batchengine.documents.extract.Finding.Placement;
import io.batchengine.documents.internal.rows.Row;
import io.batchengine.documents.internal.value.CurrencyType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds every label of a rule set in a document, with the texts that may be its value. A label stands at the beginning of a line or
 * cell, or later in a line that begins with one and then with a colon behind it.
 */
final class LabelFinder {
    private static final int MAX_LINE = 2_000;
    private static final CurrencyType CURRENCY = new CurrencyType(null);

    private final Labels labels;
    private final List<Row> rows;
    private final Map<String, List<Finding>> findings = new HashMap<>();

    LabelFinder(Labels labels, List<Row> rows) {
        this.labels = labels;
        this.rows = rows;
    }

    /** The findings by folded label, in the document's order; rows that are left out hold no labels. */
    Map<String, List<Finding>> find(IntPredicate leftOut, BooleanSupplier stopRequested) throws DocumentException {
        for (int row = 0; row < rows.size(); row++) {
            if (stopRequested.getAsBoolean()) {
                throw DocumentException.stopped();
            }
            for (int cell = 0; cell < rows.get(row).cells().size() && !leftOut.test(row); cell++) {
                cell(row, cell);
            }
        }
        return findings;
    }

    private void cell(int row, int cell) {
        String[] lines = rows.get(row).cells().get(cell).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].length() > MAX_LINE ? lines[i].substring(0, MAX_LINE) : lines[i];
            String folded = Folding.fold(line);
            int start = firstWord(folded);
            String label = labels.at(folded, start);
            while (label != null) {
                Separator separator = Separator.after(folded, start + label.length());
                int end = nextLabel(folded, separator.end());
                String value = line.substring(separator.end(), end).strip();
                add(label, row, value, separator.strong() ? Placement.BESIDE : Placement.LOOSE);
                add(label, row, note(separator, line), Placement.LOOSE);
                if (end == line.length() && (value.isEmpty() || (!separator.strong() && isCurrency(value)))) {
                    neighbours(label, row, cell, i + 1 < lines.length ? lines[i + 1] : null);
                }
                start = end;
                label = labels.at(folded, start);
            }
        }
    }

    private static String note(Separator separator, String line) {
        int open = separator.note().isEmpty() ? -1 : Folding.fold(line).indexOf("(" + separator.note() + ")");
        return open < 0
                ? ""
                : line.substring(open + 1, open + 1 + separator.note().length());
    }

    /** What may be the value of a label that ends its line: the next line of its cell, the next cell, the cell or line below. */
    private void neighbours(String label, int row, int cell, @Nullable String nextLine) {
        if (nextLine != null) {
            add(label, row, isLabel(nextLine) ? "" : nextLine, Placement.BELOW);
            return;
        }
        String right = right(rows.get(row), cell);
        String below = below(row, cell);
        add(label, row, right, isColumnHeader(row, cell) ? Placement.LOOSE : Placement.BESIDE);
        add(label, row, below, Placement.BELOW);
    }

    private String right(Row row, int cell) {
        for (int i = cell + 1; i < row.cells().size(); i++) {
            String text = row.cells().get(i);
            if (!text.isEmpty()) {
                return isLabel(text) ? "" : text;
            }
        }
        return "";
    }

    private String below(int index, int cell) {
        if (index + 1 >= rows.size()) {
            return "";
        }
        Row row = rows.get(index);
        Row next = rows.get(index + 1);
        boolean sameTable = row.table() && next.table() && row.block() == next.block();
        boolean lines = !row.table() && !next.table();
        boolean aligned =
                sameTable || (lines && (next.cells().size() == row.cells().size()));
        if (!aligned || cell >= next.cells().size() || isLabel(next.cells().get(cell))) {
            return "";
        }
        return next.cells().get(cell);
    }

    /** Whether a cell of a table's first row looks like the header of a column, not like a label with its value to the right. */
    private boolean isColumnHeader(int index, int cell) {
        Row row = rows.get(index);
        boolean first = index == 0 || rows.get(index - 1).block() != row.block();
        return row.table() && first && row.cells().size() > 2 && !isLabelAt(row, cell + 2) && !isLabelAt(row, cell - 2);
    }

    private boolean isLabelAt(Row row, int cell) {
        return cell >= 0 && cell < row.cells().size() && isLabel(row.cells().get(cell));
    }

    /** Whether a text is a label alone, or begins with one and a colon. */
    private boolean isLabel(String text) {
        String folded = Folding.fold(text.length() > MAX_LINE ? text.substring(0, MAX_LINE) : text);
        int start = firstWord(folded);
        String label = labels.at(folded, start);
        if (label == null) {
            return false;
        }
        Separator separator = Separator.after(folded, start + label.length());
        return separator.strong() || separator.end() == folded.length();
    }

    private int nextLabel(String folded, int from) {
        for (int i = from; i < folded.length(); i++) {
            String label = Labels.isBoundary(folded, i) ? labels.at(folded, i) : null;
            if (label != null && Separator.after(folded, i + label.length()).strong()) {
                return i;
            }
        }
        return folded.length();
    }

    /** Where a line's label would begin: behind bullets, boxes and brackets, unless a label begins with such a mark. */
    private int firstWord(String folded) {
        int at = 0;
        while (labels.at(folded, at) == null && at < folded.length() && !Character.isLetterOrDigit(folded.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isCurrency(String text) {
        return text.length() <= 5
                && text.chars().noneMatch(Character::isDigit)
                && CURRENCY.read(text).isPresent();
    }

    private void add(String label, int row, String text, Placement placement) {
        if (!text.isBlank()) {
            findings.computeIfAbsent(label, key -> new ArrayList<>()).add(new Finding(row, text, placement));
        }
    }
}
