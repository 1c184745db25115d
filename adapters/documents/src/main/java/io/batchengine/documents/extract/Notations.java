package io.batchengine.documents.extract;

import io.batchengine.documents.NumberCells;
import io.batchengine.documents.internal.rows.Row;
import io.batchengine.documents.internal.value.Notation;
import io.batchengine.documents.internal.value.ValueType;
import io.batchengine.model.Text;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the numbers and dates of one document are written. First all texts are noted; those that can be read in one way only are
 * evidence. Then a text that can be read in more ways is read as its column's evidence says, or else the document's, or else the
 * configuration; what none of them decides stays open. What the document holds as a number is no text, and is no evidence. Not shared
 * between threads.
 */
final class Notations {
    /** What the column, the document and the configuration leave open. */
    static final int OPEN = -1;
    /** What a column leaves open that has evidence for both ways. */
    static final int CONTRADICTORY = -2;

    private final List<Row> rows;
    private final NumberCells numbers;
    private final Map<String, Evidence> columns = new LinkedHashMap<>();
    /** What columns of whole numbers tell: {@code 1.204} would be no whole number with a decimal point. */
    private final Map<String, Evidence> whole = new LinkedHashMap<>();

    private final Map<Notation, Evidence> document = new EnumMap<>(Notation.class);
    private boolean noting = true;

    Notations(List<Row> rows, NumberCells numbers) {
        this.rows = rows;
        this.numbers = numbers;
    }

    /** Whether a text is one that the document holds as a number, and so has a decimal point. */
    boolean isNumber(String text) {
        return numbers.contains(text);
    }

    /** Whether a text is one that the document holds as a text too. */
    boolean isAlsoText(String text) {
        return numbers.isAlsoText(text);
    }

    /** Whether texts are still noted; until they all are, nothing can be decided. */
    boolean isNoting() {
        return noting;
    }

    void endNoting() {
        noting = false;
        for (Evidence column : columns.values()) {
            evidence(column.notation()).addAll(column);
        }
    }

    /** Notes what a text tells that stands in a column, or where a property was looked for. */
    void note(String column, ValueType type, String text) {
        Notation notation = type.notation();
        if (notation == null || text.length() > ValueType.MAX_LENGTH) {
            return;
        }
        int way = onlyWay(type.telling(), text);
        if (way >= 0) {
            columns.computeIfAbsent(column, key -> new Evidence(notation)).add(way, text);
        } else if (onlyWay(type, text) >= 0) {
            whole.computeIfAbsent(column, key -> new Evidence(notation)).add(onlyWay(type, text), text);
        }
    }

    /** The only way in which a text can be read, or -1. */
    private static int onlyWay(ValueType type, String text) {
        int only = OPEN;
        Notation notation = type.notation();
        for (int way = 0; notation != null && way < notation.ways(); way++) {
            if (type.in(way).read(text).isPresent()) {
                if (only >= 0) {
                    return OPEN;
                }
                only = way;
            }
        }
        return only;
    }

    /** How a text of a column is read that can be read in more ways than one: its way, {@link #OPEN} or {@link #CONTRADICTORY}. */
    int way(String column, ValueType type, Notation notation) {
        Evidence own = columns.get(column);
        if (own != null) {
            return own.isContradictory() ? CONTRADICTORY : own.way();
        }
        Evidence others = evidence(notation);
        int way = others.isContradictory() ? OPEN : others.way();
        way = way == OPEN ? type.configuredWay() : way;
        Evidence ofWhole = whole.get(column);
        return way == OPEN && ofWhole != null && !ofWhole.isContradictory() ? ofWhole.way() : way;
    }

    /** The columns that are written in both ways, with a sentence that follows their name. */
    Map<String, String> contradictions() {
        Map<String, String> told = new LinkedHashMap<>();
        columns.forEach((column, evidence) -> {
            if (evidence.isContradictory()) {
                told.put(column, evidence.contradiction());
            }
        });
        return told;
    }

    private Evidence evidence(Notation notation) {
        return document.computeIfAbsent(notation, key -> {
            var evidence = new Evidence(key);
            DocumentScan.scan(rows, numbers, evidence);
            return evidence;
        });
    }

    /** Texts that can be read in one way only: the first of each way. */
    static final class Evidence {
        private final Notation notation;
        private final String[] examples;

        Evidence(Notation notation) {
            this.notation = notation;
            this.examples = new String[notation.ways()];
            Arrays.fill(examples, "");
        }

        Notation notation() {
            return notation;
        }

        void add(int way, String text) {
            if (examples[way].isEmpty()) {
                examples[way] = text.strip();
            }
        }

        private void addAll(Evidence other) {
            for (int way = 0; way < examples.length; way++) {
                add(way, other.examples[way]);
            }
        }

        boolean isContradictory() {
            return next(next(0) + 1) < examples.length;
        }

        private int way() {
            return next(0) < examples.length ? next(0) : OPEN;
        }

        /** The first way from here on that has an example, or the number of ways and more. */
        private int next(int from) {
            int way = from;
            while (way < examples.length && examples[way].isEmpty()) {
                way++;
            }
            return way;
        }

        private String contradiction() {
            int first = next(0);
            int second = next(first + 1);
            return Text.format(
                    "has values with %s, such as %s, and with %s, such as %s",
                    notation.way(first),
                    Text.quote(examples[first]),
                    notation.way(second),
                    Text.quote(examples[second]));
        }
    }
}
