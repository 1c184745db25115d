package io.batchengine.jdbc;

import io.batchengine.model.Text;
import org.jspecify.annotations.Nullable;

/**
 * Text as the databases hold it. What one of them can't hold (NUL, unpaired surrogates) is written as U+001A and four hex digits, and so
 * is U+001A itself: nothing is lost, and both databases hold the same.
 */
final class StoredText {
    private static final char ESCAPE = '\u001a';
    private static final int DIGITS = 4;

    private StoredText() {}

    static @Nullable String encodeOrNull(@Nullable String text) {
        return text == null ? null : encode(text);
    }

    static String encode(String text) {
        int clean = plainStart(text);
        while (clean < text.length() && !mustEscape(text, clean)) {
            clean += step(text, clean);
        }
        if (clean == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, clean);
        for (int i = clean; i < text.length(); i += step(text, i)) {
            if (mustEscape(text, i)) {
                out.append(ESCAPE).append(Text.format("%04x", (int) text.charAt(i)));
            } else {
                out.append(text, i, i + step(text, i));
            }
        }
        return out.toString();
    }

    static String decode(String stored) {
        int next = stored.indexOf(ESCAPE);
        if (next < 0) {
            return stored;
        }
        StringBuilder out = new StringBuilder(stored.length());
        int done = 0;
        for (; next >= 0; next = stored.indexOf(ESCAPE, done)) {
            int end = next + 1 + DIGITS;
            if (end > stored.length()) {
                throw new IllegalStateException("an escape in the store's text is cut");
            }
            out.append(stored, done, next).append((char) Integer.parseInt(stored, next + 1, end, 16));
            done = end;
        }
        return out.append(stored, done, stored.length()).toString();
    }

    /** How many characters at the begin are such that none of them is ever escaped: most texts to their end. */
    private static int plainStart(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == 0 || c == ESCAPE || Character.isSurrogate(c)) {
                return i;
            }
        }
        return length;
    }

    private static boolean mustEscape(String text, int i) {
        char c = text.charAt(i);
        return c == 0 || c == ESCAPE || (Character.isSurrogate(c) && step(text, i) == 1);
    }

    /** How many characters the code point at a place has; an unpaired surrogate stands for itself. */
    private static int step(String text, int i) {
        return Character.charCount(text.codePointAt(i));
    }
}
