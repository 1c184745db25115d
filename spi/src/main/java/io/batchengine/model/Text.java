package io.batchengine.model;

import java.util.Locale;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Makes text from outside safe to show. File names and exception messages are chosen by strangers: they may hold control
 * characters that forge log lines, bidirectional controls that reverse what is read, or a hundred megabytes.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class Text {
    /** The longest message that is kept, in characters. */
    public static final int MAX_MESSAGE_LENGTH = 2_000;

    private Text() {}

    /**
     * Fills a pattern in, as {@link String#format(Locale, String, Object...)} does with the root locale. Numbers have the digits 0 to 9
     * on every machine, also where the default locale has digits of its own, so the text may be parsed, stored, or put into SQL.
     *
     * @param pattern a pattern of {@link java.util.Formatter}
     * @param values what it names
     * @return the text
     */
    public static String format(String pattern, @Nullable Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    /**
     * The text with every control, format, bidirectional-control, line-separator and unpaired surrogate character shown as
     * a {@code \}{@code uXXXX} escape, and cut to {@link #MAX_MESSAGE_LENGTH} characters.
     *
     * @param text any text
     * @return text that is safe in one line of a log or a terminal
     */
    public static String printable(String text) {
        return printable(text, MAX_MESSAGE_LENGTH);
    }

    /**
     * As {@link #printable(String)}, cut to another length.
     *
     * @param text any text
     * @param maxLength how many characters of the text are looked at, at the most
     * @return text that is safe in one line; an ellipsis at its end tells that it was cut
     */
    public static String printable(String text, int maxLength) {
        int end = Math.min(text.length(), maxLength);
        int clean = 0;
        while (clean < end && text.charAt(clean) >= ' ' && text.charAt(clean) < 0x7f) {
            clean++;
        }
        if (clean == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(end + 16).append(text, 0, clean);
        for (int i = clean; i < end; ) {
            int c = text.codePointAt(i);
            if (isUnsafe(c)) {
                out.append(format("\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
            i += Character.charCount(c);
        }
        return end < text.length() ? out.append('\u2026').toString() : out.toString();
    }

    /**
     * The text with every character outside printable ASCII shown as a {@code \}{@code uXXXX} escape: for what must be kept or shown where
     * other characters can't be.
     *
     * @param text any text
     * @param maxLength how many characters of the text are looked at, at the most
     * @return text of printable ASCII alone; three dots at its end tell that it was cut
     */
    public static String ascii(String text, int maxLength) {
        int end = Math.min(text.length(), maxLength);
        StringBuilder out = new StringBuilder(end + 16);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                out.append(c);
            } else {
                out.append(format("\\u%04x", (int) c));
            }
        }
        return end < text.length() ? out.append("...").toString() : out.toString();
    }

    /**
     * The printable text in double quotes, for the value that an error message names.
     *
     * @param text any text, or null
     * @return the quoted text, cut to 200 characters; {@code null} without quotes for null
     */
    public static String quote(@Nullable String text) {
        return text == null ? "null" : '"' + printable(text, 200) + '"';
    }

    /**
     * Describes an exception and its root cause, safe and bounded; never throws, whatever the exceptions' own methods do.
     *
     * <p>Looks through exceptions that only carry another one, such as {@link java.util.concurrent.CompletionException}. Names the last
     * cause, unless the message says the same already. Suppressed exceptions are left out.
     *
     * @param failure what was thrown
     * @return its message after the simple name of its class, or the name alone where it has no message; then the root cause in the same way
     */
    public static String describe(Throwable failure) {
        return Causes.describe(failure);
    }

    private static boolean isUnsafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> true;
            // Format characters hide or reorder text; the zero-width joiner alone builds ordinary words and emoji.
            case Character.FORMAT -> c != 0x200d && c != 0x200c;
            default -> false;
        };
    }
}
