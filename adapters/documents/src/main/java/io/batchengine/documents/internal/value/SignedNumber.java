package io.batchengine.documents.internal.value;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads a number with its sign: before it, behind it, or as parentheses. */
final class SignedNumber {
    /** More marks around a number than sign, parentheses and a currency on both sides there are not. */
    private static final int MAX_MARKS = 6;

    private static final int MAX_LENGTH = 200;

    private SignedNumber() {}

    /**
     * The number, or null where the text is none.
     *
     * @param peel takes a mark that may stand around the number, such as a currency, off one end
     */
    static @Nullable BigDecimal read(String text, Decimal decimal, UnaryOperator<String> peel) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        String rest = withoutOpenDecimals(plain(text));
        int signs = 0;
        boolean negative = false;
        for (int i = 0; i < MAX_MARKS; i++) {
            String before = rest;
            if (rest.startsWith("(") && rest.endsWith(")") && rest.length() > 2) {
                rest = rest.substring(1, rest.length() - 1).strip();
                negative = true;
                signs++;
            } else if (rest.startsWith("-") || rest.startsWith("+")) {
                negative = rest.startsWith("-");
                rest = rest.substring(1).strip();
                signs++;
            } else if (rest.endsWith("-")) {
                negative = true;
                rest = rest.substring(0, rest.length() - 1).strip();
                signs++;
            } else {
                rest = withoutOpenDecimals(peel.apply(rest).strip());
            }
            if (rest.equals(before)) {
                break;
            }
        }
        BigDecimal number = signs > 1 ? null : Digits.read(rest, decimal);
        return number != null && negative ? number.negate() : number;
    }

    /** The text with full-width and other scripts' digits, minus signs and apostrophes as ASCII. */
    static String plain(String text) {
        // A raised digit is an exponent or a note, and half a fraction; none is a digit of the number before it.
        boolean raised = text.codePoints().anyMatch(c -> Character.getType(c) == Character.OTHER_NUMBER);
        String normal = raised ? text : Normalizer.normalize(text, Normalizer.Form.NFKC);
        StringBuilder out = new StringBuilder(normal.length());
        normal.codePoints().forEach(c -> out.appendCodePoint(ascii(c)));
        return TextType.collapse(out.toString());
    }

    private static int ascii(int c) {
        if (c > 0x7f && Character.isDigit(c)) {
            return '0' + Character.digit(c, 10);
        }
        return switch (c) {
            case '\u2212', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u25b2', '\u25b3' -> '-';
            case '\u2018', '\u2019', '\u02bc', '\u00b4', '\u066c' -> '\'';
            case '\u066b' -> '.';
            default -> c;
        };
    }

    /** {@code 1'234.-} and {@code 12,--} are whole amounts, not negative ones. */
    private static String withoutOpenDecimals(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '-') {
            end--;
        }
        boolean open = end < text.length() && end > 1 && ".,".indexOf(text.charAt(end - 1)) >= 0;
        return open ? text.substring(0, end - 1) : text;
    }
}
