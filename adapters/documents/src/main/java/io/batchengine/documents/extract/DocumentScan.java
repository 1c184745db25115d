package io.batchengine.documents.extract;

import io.batchengine.documents.NumberCells;
import io.batchengine.documents.extract.Notations.Evidence;
import io.batchengine.documents.internal.rows.Row;
import io.batchengine.documents.internal.value.Notation;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks in the whole text of a document for how it writes numbers and dates. Only what is hardly anything else counts: numbers with
 * groups and decimals, amounts with a currency's sign, table cells of two decimals that are no position, time or date, dates with a day
 * above 12.
 */
final class DocumentScan {
    private static final int MAX_CELL = 10_000;
    private static final String SIGN = "(?:[\u20ac$\u00a3]|EUR|USD|GBP|CHF)";
    private static final String BEGIN = "(?<![0-9.,])";
    private static final String END = "(?![0-9]|[.,][0-9])";
    private static final Pattern NUMBER =
            Pattern.compile(BEGIN + "[0-9]{1,3}(?:([.,' ])[0-9]{3}){1,5}([.,])[0-9]{1,2}" + END);
    private static final Pattern AMOUNT = Pattern.compile("(?:" + SIGN + " ?[0-9]{1,9}([.,])[0-9]{2}" + END + "|"
            + BEGIN + "[0-9]{1,9}([.,])[0-9]{2} ?" + SIGN + ")");
    private static final Pattern CELL = Pattern.compile("-?([0-9]{1,9})([.,])([0-9]{2})");
    private static final Pattern DATE =
            Pattern.compile("(?<![0-9/-])([0-9]{1,2})([-/])([0-9]{1,2})\\2[0-9]{4}(?![0-9]|[-/][0-9])");
    private static final int MAX_MONTH = 12;
    private static final int MAX_DAY = 31;
    private static final int MAX_MINUTE = 59;

    private DocumentScan() {}

    static void scan(Iterable<Row> rows, NumberCells numbers, Evidence evidence) {
        for (Row row : rows) {
            for (String cell : row.cells()) {
                String text = cell.length() > MAX_CELL ? cell.substring(0, MAX_CELL) : cell;
                if (evidence.notation() == Notation.DATE) {
                    dates(text, evidence);
                } else if (!numbers.contains(cell)) {
                    numbers(text, row.table(), evidence);
                }
                if (evidence.isContradictory()) {
                    return;
                }
            }
        }
    }

    private static void numbers(String text, boolean table, Evidence evidence) {
        for (Matcher number = NUMBER.matcher(text); number.find(); ) {
            if (!number.group(1).equals(number.group(2))) {
                add(number.group(2), number.group(), evidence);
            }
        }
        for (Matcher amount = AMOUNT.matcher(text); amount.find(); ) {
            add(amount.group(1) == null ? amount.group(2) : amount.group(1), amount.group(), evidence);
        }
        Matcher cell = CELL.matcher(text);
        if (table && cell.matches() && !isPlace(cell.group(1), cell.group(3))) {
            add(cell.group(2), text, evidence);
        }
    }

    /** Whether two numbers may be a position such as 1.01, a time such as 14.30 or a day such as 24.12, which have points everywhere. */
    private static boolean isPlace(String first, String second) {
        return Integer.parseInt(first) <= MAX_DAY && Integer.parseInt(second) <= MAX_MINUTE;
    }

    private static void add(String decimal, String text, Evidence evidence) {
        evidence.add(decimal.equals(".") ? 0 : 1, text);
    }

    private static void dates(String text, Evidence evidence) {
        for (Matcher date = DATE.matcher(text); date.find(); ) {
            int first = Integer.parseInt(date.group(1));
            int second = Integer.parseInt(date.group(3));
            boolean dayFirst = first > MAX_MONTH && first <= MAX_DAY && second <= MAX_MONTH;
            boolean monthFirst = second > MAX_MONTH && second <= MAX_DAY && first <= MAX_MONTH;
            if (dayFirst || monthFirst) {
                evidence.add(dayFirst ? 0 : 1, date.group());
            }
        }
    }
}
