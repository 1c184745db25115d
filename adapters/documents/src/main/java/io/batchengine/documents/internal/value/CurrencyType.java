package io.batchengine.documents.internal.value;

import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * A currency, as its ISO 4217 code: from a code, a symbol or a name, alone or beside an amount.
 *
 * @param locale whose region decides what {@code $}, {@code ¥} and {@code kr} mean; without one they are US dollars, yen and
 *     nothing
 */
public record CurrencyType(@Nullable Locale locale) implements ValueType {
    @Override
    public Optional<Object> read(String text) {
        String plain = SignedNumber.plain(text);
        String upper = plain.toUpperCase(Locale.ROOT);
        if (isCode(upper)) {
            return Optional.of(upper);
        }
        Set<String> all = new LinkedHashSet<>();
        Matcher marks = CurrencyMarks.WITHIN.matcher(plain);
        while (marks.find()) {
            Optional<String> code = code(CurrencyMarks.meaning(marks.group()));
            if (code.isPresent() && touchesDigit(plain, marks.start(), marks.end())) {
                return Optional.of(code.get());
            }
            code.ifPresent(all::add);
        }
        // Words such as ALL or TOP are codes too: without an amount beside it, a code must be the only one.
        return all.size() == 1 ? Optional.of(all.iterator().next()) : Optional.empty();
    }

    @Override
    public String noun() {
        return "a currency";
    }

    private Optional<String> code(String meaning) {
        return switch (meaning) {
            case CurrencyMarks.DOLLAR ->
                Optional.of(regional("AUD BBD BMD BND BSD BZD CAD FJD GYD HKD JMD KYD LRD MXN NAD NZD"
                                + " SBD SGD SRD TTD TWD USD XCD ARS CLP COP")
                        .orElse("USD"));
            case CurrencyMarks.YEN -> Optional.of(regional("CNY JPY").orElse("JPY"));
            case CurrencyMarks.CROWN -> regional("SEK NOK DKK ISK");
            default -> isCode(meaning) ? Optional.of(meaning) : Optional.empty();
        };
    }

    /** The currency of the locale's region, if it is one of those. */
    private Optional<String> regional(String codes) {
        if (locale == null || locale.getCountry().length() != 2) {
            return Optional.empty();
        }
        try {
            Currency currency = Currency.getInstance(locale);
            return Optional.ofNullable(currency).map(Currency::getCurrencyCode).filter(codes::contains);
        } catch (IllegalArgumentException noCountry) {
            return Optional.empty();
        }
    }

    private static boolean isCode(String text) {
        try {
            return Currency.getInstance(text).getCurrencyCode().equals(text);
        } catch (IllegalArgumentException notOne) {
            return false;
        }
    }

    private static boolean touchesDigit(String text, int start, int end) {
        int before = start - 1 >= 0 && text.charAt(start - 1) == ' ' ? start - 2 : start - 1;
        int after = end < text.length() && text.charAt(end) == ' ' ? end + 1 : end;
        return (before >= 0 && Character.isDigit(text.charAt(before)))
                || (after < text.length() && Character.isDigit(text.charAt(after)));
    }
}
