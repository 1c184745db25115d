package io.batchengine.documents.parse;

import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.model.Text;

/** Counts what looks like elements and attributes in the bytes of an HTML page, in any charset that has ASCII. */
final class ElementCount {
    private static final String SCRIPT = "script";
    private static final int MAX_ELEMENTS = 1_000_000;
    /** Words within tags, so that what stands in quotes counts too. The parser takes up to 512 attributes an element. */
    private static final int MAX_WORDS = 2_000_000;

    private final ReadingGuard guard;
    private final StringBuilder name = new StringBuilder();
    private boolean inName;
    private boolean inTag;
    private boolean inWord;
    private int elements;
    private int words;
    private int scripts;

    ElementCount(ReadingGuard guard) {
        this.guard = guard;
    }

    /** The next byte. */
    void next(int c) {
        if (c == 0) { // half of a letter in UTF-16
            return;
        }
        if (c == '<') {
            inName = true;
            inTag = false;
            name.setLength(0);
        } else if (inName && isLetter(c) && name.length() < SCRIPT.length()) {
            letterOfName(c);
        } else {
            inName = false;
            attribute(c);
        }
    }

    private void letterOfName(int c) {
        name.append((char) Character.toLowerCase(c));
        scripts += SCRIPT.contentEquals(name) ? 1 : 0;
        if (name.length() == 1) {
            inTag = true;
            inWord = true;
            if (++elements > MAX_ELEMENTS) {
                throw guard.fail(Text.format("the HTML has more than %,d elements", MAX_ELEMENTS));
            }
        }
    }

    private void attribute(int c) {
        boolean separator = c <= ' ' || c == '/' || c == '"' || c == '\'';
        if (c == '>' || separator) {
            inTag &= c != '>';
            inWord = false;
        } else if (inTag && !inWord) {
            inWord = true;
            if (++words > MAX_WORDS) {
                throw guard.fail(Text.format("the HTML's elements have attributes of more than %,d words", MAX_WORDS));
            }
        }
    }

    int scripts() {
        return scripts;
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
