package io.batchengine.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The one form of a time on the wire: ISO-8601, UTC, exactly three digits of a second. Finer parts are cut off. */
final class Timestamps {
    private static final DateTimeFormatter FORMAT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private Timestamps() {}

    static String format(Instant time) {
        return FORMAT.format(time);
    }

    /** The time, or null where the text is not of exactly this form. */
    static @Nullable Instant parse(String text) {
        try {
            Instant time = FORMAT.parse(text, Instant::from);
            // The JDK also takes 24:00:00, a leap second and lower-case letters.
            return FORMAT.format(time).equals(text) ? time : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
