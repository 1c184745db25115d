package io.batchengine.documents.internal.reading;

import java.util.regex.Pattern;

/** Tells whether text stands above or below its line, as the element of HTML that does the same to it. */
public final class Shift {
    /** Text above the line. */
    public static final String ABOVE = "sup";
    /** Text below the line. */
    public static final String BELOW = "sub";
    /** Text on the line. */
    public static final String NONE = "";

    private static final Pattern LENGTH = Pattern.compile("[-+]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[a-z]*|%)");
    private static final Pattern ZERO = Pattern.compile("[-+]?[0.]+(?:[a-z]*|%)");

    private static final String DIGITS = "0123456789";
    private static final String PLAIN = DIGITS + "+-=()";
    private static final String RAISED =
            "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b\u207c\u207d\u207e";
    private static final String LOWERED =
            "\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089\u208a\u208b\u208c\u208d\u208e";

    private Shift() {}

    /** Returns what a length means, such as {@code 6pt}: more than zero is above the line. */
    public static String of(String length) {
        if (!LENGTH.matcher(length).matches() || ZERO.matcher(length).matches()) {
            return NONE;
        }
        return length.startsWith("-") ? BELOW : ABOVE;
    }

    /** Returns what half points mean. Programs that convert from PDF shift text by less than a point to fit it to its place. */
    public static String ofHalfPoints(String halfPoints) {
        return halfPoints.matches("[-+]?[01]") ? NONE : of(halfPoints);
    }

    /** Returns what the vertical alignment of an Office document means. */
    public static String ofAlignment(String alignment) {
        return switch (alignment) {
            case "superscript" -> ABOVE;
            case "subscript" -> BELOW;
            default -> NONE;
        };
    }

    /**
     * Returns a number in the raised or lowered letters of Unicode: Markdown has no form for it, and {@code 5²} must not become 52. Of other
     * text only the first digits are replaced, which would run into a number before them.
     */
    public static String apply(String shift, String text) {
        if (shift.isEmpty()) {
            return text;
        }
        boolean number = text.chars().allMatch(c -> PLAIN.indexOf(c) >= 0)
                && text.chars().anyMatch(Character::isDigit);
        int end = number ? text.length() : 0;
        while (end < text.length() && DIGITS.indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        if (end == 0) {
            return text;
        }
        String letters = shift.equals(ABOVE) ? RAISED : LOWERED;
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < end; i++) {
            out.append(letters.charAt(PLAIN.indexOf(text.charAt(i))));
        }
        return out.append(text, end, text.length()).toString();
    }
}
