package io.batchengine.documents.extract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All labels of a rule set, folded: what can begin or end a value. */
final class Labels {
    private final Map<Character, List<String>> byFirst = new HashMap<>();

    Labels(Collection<String> folded) {
        for (String label : new HashSet<>(folded)) {
            byFirst.computeIfAbsent(label.charAt(0), c -> new ArrayList<>()).add(label);
        }
        Comparator<String> longestFirst = Comparator.comparing(String::length).reversed();
        byFirst.values().forEach(labels -> labels.sort(longestFirst));
    }

    /** The longest label that stands at a place of a folded text and ends there with a word, or null. */
    @Nullable
    String at(String folded, int start) {
        if (start >= folded.length()) {
            return null;
        }
        for (String label : byFirst.getOrDefault(folded.charAt(start), List.of())) {
            if (folded.startsWith(label, start) && isBoundary(folded, start + label.length())) {
                return label;
            }
        }
        return null;
    }

    /** Whether a word may end or begin at a place: also where ideographs meet letters of an alphabet. */
    static boolean isBoundary(String text, int index) {
        if (index <= 0 || index >= text.length()) {
            return true;
        }
        char before = text.charAt(index - 1);
        char after = text.charAt(index);
        return !Character.isLetterOrDigit(before)
                || !Character.isLetterOrDigit(after)
                || isEastAsian(before) != isEastAsian(after);
    }

    private static boolean isEastAsian(char c) {
        return Character.isIdeographic(c) || (c >= '\u3040' && c <= '\u30ff') || (c >= '\uac00' && c <= '\ud7a3');
    }
}
