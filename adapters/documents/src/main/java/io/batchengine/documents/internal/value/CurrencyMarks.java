package io.batchengine.documents.internal.value;

import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The codes, symbols and names of currencies, as they stand beside an amount. */
final class CurrencyMarks {
    /** Stands for the dollar, yen or crown of the rule's region. */
    static final String DOLLAR = "$";

    static final String YEN = "\u00a5";
    static final String CROWN = "kr";

    /** Mark to ISO 4217 code, or to itself where the region decides. */
    private static final Map<String, String> MARKS = marks();

    private static final String ANY = alternatives(MARKS.keySet());
    /** Within a text: a mark of letters is a word of its own, though a digit may touch it. */
    static final Pattern WITHIN = Pattern.compile("(?<!\\p{L})(?:" + ANY + ")(?!\\p{L})|[\u20ac$\u00a3\u00a5\u5186]");

    private static final Pattern BEFORE = Pattern.compile("^(?:" + ANY + ")(?!\\p{L})(?:\\.(?![0-9]))?\\s*");
    private static final Pattern BEHIND = Pattern.compile("(?<!\\p{L})\\s*(?:" + ANY + ")$");

    private CurrencyMarks() {}

    /** The text without a currency at its beginning or, if there is none, at its end. */
    static String peel(String text) {
        Matcher before = BEFORE.matcher(text);
        if (before.find()) {
            return text.substring(before.end());
        }
        Matcher behind = BEHIND.matcher(text);
        return text.length() <= ValueType.MAX_LENGTH && behind.find() ? text.substring(0, behind.start()) : text;
    }

    /** The code that a mark stands for, or the mark itself where that depends on the region. */
    static String meaning(String mark) {
        return MARKS.getOrDefault(mark, mark);
    }

    private static Map<String, String> marks() {
        Map<String, String> marks = new LinkedHashMap<>();
        for (Currency currency : Currency.getAvailableCurrencies()) {
            marks.put(currency.getCurrencyCode(), currency.getCurrencyCode());
        }
        String symbols = """
                US$ USD, CA$ CAD, C$ CAD, AU$ AUD, A$ AUD, NZ$ NZD, HK$ HKD, S$ SGD, R$ BRL, MX$ MXN, NT$ TWD, CN\u00a5 CNY,
                RMB CNY, \u5143 CNY, \u20ac EUR, Euro EUR, Euros EUR, euro EUR, euros EUR, \u00a3 GBP, \u5186 JPY, Yen JPY,
                \u20b9 INR, \u20a9 KRW, \u20bd RUB, \u20ba TRY, \u20ab VND, \u0e3f THB, \u20aa ILS, \u20b4 UAH, \u20a6 NGN,
                z\u0142 PLN, K\u010d CZK, Ft HUF, SFr CHF, Fr CHF, $ $, \u00a5 \u00a5, kr kr
                """;
        for (String pair : symbols.split(",", -1)) {
            String[] parts = pair.strip().split(" ", -1);
            marks.put(parts[0], parts[1]);
        }
        return marks;
    }

    private static String alternatives(Collection<String> marks) {
        return marks.stream()
                .sorted(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
    }
}
