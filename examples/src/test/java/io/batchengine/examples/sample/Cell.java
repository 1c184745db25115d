package io.batchengine.examples.sample;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/** A value in a table or a field: its text in the document's language, and for spreadsheets what it is. */
sealed interface Cell {
    /** As a person reads it. */
    String text();

    /** Words. */
    record Words(String text) implements Cell {}

    /** A number, with the spreadsheet format that shows it as its text. */
    record Amount(BigDecimal value, String text, String format) implements Cell {}

    /** A date, with the spreadsheet format that shows it as its text. */
    record Day(LocalDate value, String text, String format) implements Cell {}

    static List<Cell> row(String... texts) {
        return Arrays.stream(texts).map(Cell::of).toList();
    }

    static Cell of(String text) {
        return new Words(text);
    }
}
