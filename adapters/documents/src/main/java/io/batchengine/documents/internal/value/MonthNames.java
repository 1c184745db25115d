package io.batchengine.documents.internal.value;

import java.text.Normalizer;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names and abbreviations of the months in the languages that business letters come in. */
final class MonthNames {
    /** An earlier language wins where a name means two months. */
    private static final List<String> LANGUAGES = List.of(
            "en", "en-GB", "de", "de-AT", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "sk", "hu",
            "ro", "tr", "el", "ru", "uk", "id");

    private static final Map<String, Integer> KNOWN = known();

    private MonthNames() {}

    /** The month's number, or 0 where the word is no month's name; the names of the given language come first. */
    static int number(String word, @Nullable Locale locale) {
        String key = key(word);
        if (locale != null) {
            Map<String, Integer> own = new HashMap<>();
            add(own, locale);
            Integer number = own.get(key);
            if (number != null) {
                return number;
            }
        }
        return KNOWN.getOrDefault(key, 0);
    }

    private static Map<String, Integer> known() {
        Map<String, Integer> names = new HashMap<>();
        for (String language : LANGUAGES) {
            add(names, Locale.forLanguageTag(language));
        }
        Map.of("sept", 9, "mrz", 3, "j\u00e4nner", 1, "feber", 2, "janv", 1, "f\u00e9vr", 2, "juil", 7)
                .forEach(names::putIfAbsent);
        return Map.copyOf(names);
    }

    private static void add(Map<String, Integer> names, Locale locale) {
        for (Month month : Month.values()) {
            for (TextStyle style :
                    List.of(TextStyle.FULL, TextStyle.FULL_STANDALONE, TextStyle.SHORT, TextStyle.SHORT_STANDALONE)) {
                String name = key(month.getDisplayName(style, locale));
                if (!name.isEmpty() && name.chars().noneMatch(Character::isDigit)) {
                    names.putIfAbsent(name, month.getValue());
                }
            }
        }
    }

    private static String key(String name) {
        String key = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return key.endsWith(".") ? key.substring(0, key.length() - 1) : key;
    }
}
