package io.batchengine.documents.internal.value;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Yes or no, in the words and marks of several languages. */
public record BooleanType() implements ValueType {
    private static final Set<String> TRUE = Set.of(
            "true", "yes", "y", "1", "x", "on", "ja", "wahr", "oui", "vrai", "si", "sí", "sì", "sim", "tak", "はい", "有",
            "是", "✓", "✔", "☑", "☒", "[x]");
    private static final Set<String> FALSE = Set.of(
            "false", "no", "n", "0", "off", "nein", "falsch", "non", "faux", "não", "nie", "nee", "いいえ", "無", "否", "✗",
            "✘", "☐", "[ ]");

    @Override
    public Optional<Object> read(String text) {
        String word = TextType.collapse(Normalizer.normalize(text, Normalizer.Form.NFKC))
                .toLowerCase(Locale.ROOT);
        if (TRUE.contains(word)) {
            return Optional.of(true);
        }
        return FALSE.contains(word) ? Optional.of(false) : Optional.empty();
    }

    @Override
    public String noun() {
        return "a yes or no";
    }
}
