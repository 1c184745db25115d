package io.batchengine.examples.sample;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/** A value in a table or a field: its text in the document's language, and for spreadsheets what it is. */
sealed interface SampleCell {
    /** As a person reads it. */
    String text();

    /** Words. */
    record Words(String text) implements SampleCell {}

    /** A number, with the spreadsheet format that shows it as its text. */
    record Amount(BigDecimal value, String text, String format) implements SampleCell {}

    /** A date, with the spreadsheet format that shows it as its text. */
    record Day(LocalDate value, String text, String format) implements SampleCell {}

    static List<SampleCell> row(String... texts) {
        return Arrays.stream(texts).map(SampleCell::of).toList();
    }

    static SampleCell of(String text) {
        return new Words(text);
    }
}
