package io.batchengine.json;

import java.nio.charset.StandardCharsets;

/** Half a character, an unpaired surrogate, has no UTF-8 form: it is refused on the way in and replaced on the way out. */
final class Unicode {
    private Unicode() {}

    static boolean isValid(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** The text with U+FFFD in place of each unpaired surrogate. */
    static String repaired(String text) {
        // An encoder puts its replacement there: for this encoding U+FFFD.
        return isValid(text) ? text : new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
    }
}
