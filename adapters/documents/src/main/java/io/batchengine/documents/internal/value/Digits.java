package io.batchengine.documents.internal.value;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads unsigned decimal numbers with grouped digits, exactly. */
final class Digits {
    private static final int MAX_LENGTH = 64;
    private static final Pattern FORM = Pattern.compile("[0-9]+(?:[.,' ][0-9]+)*|[.,][0-9]+");
    /** Thousands, and the Indian lakhs: the last group has three digits. */
    private static final Pattern GROUPS = Pattern.compile("[0-9]{1,3}(?:[.,' ][0-9]{2,3})*[.,' ][0-9]{3}");

    private Digits() {}

    /**
     * The number, or null where the text is none.
     *
     * @param text ASCII digits; separators are point, comma, apostrophe and space
     */
    static @Nullable BigDecimal read(String text, Decimal decimal) {
        if (text.length() > MAX_LENGTH || !FORM.matcher(text).matches()) {
            return null;
        }
        int last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
        if (last < 0) {
            return grouped(text, "", "");
        }
        char separator = text.charAt(last);
        String whole = text.substring(0, last);
        String fraction = text.substring(last + 1);
        if (isDecimal(separator, whole, fraction, decimal)) {
            return whole.indexOf(separator) >= 0 ? null : grouped(whole, fraction, String.valueOf(separator));
        }
        return grouped(text, "", "");
    }

    private static boolean isDecimal(char separator, String whole, String fraction, Decimal decimal) {
        if (decimal != Decimal.AUTO) {
            return decimal.allows(separator);
        }
        if (whole.indexOf(separator) >= 0) {
            return false;
        }
        boolean looksGrouped = fraction.length() == 3
                && !whole.isEmpty()
                && whole.length() <= 3
                && !whole.startsWith("0")
                && whole.chars().allMatch(Character::isDigit);
        return !looksGrouped;
    }

    /** The number from its two sides, if the whole side is plain or well grouped by one separator other than the decimal one. */
    private static @Nullable BigDecimal grouped(String whole, String fraction, String decimalSeparator) {
        String separators = whole.replaceAll("[0-9]", "");
        if (separators.chars().distinct().count() > 1
                || (!decimalSeparator.isEmpty() && separators.contains(decimalSeparator))
                || fraction.chars().anyMatch(c -> c < '0' || c > '9')
                || (!separators.isEmpty()
                        && (whole.startsWith("0") || !GROUPS.matcher(whole).matches()))) {
            return null;
        }
        String digits = whole.replaceAll("[^0-9]", "");
        return new BigDecimal((digits.isEmpty() ? "0" : digits) + (fraction.isEmpty() ? "" : "." + fraction));
    }
}
