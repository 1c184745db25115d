package io.batchengine.documents.extract;

import java.text.Normalizer;

/** Makes labels and headers comparable: case, full-width forms, kinds of spaces and apostrophes don't matter. */
final class Folding {
    private Folding() {}

    /** The text folded character by character, so that each one keeps its place. */
    static String fold(String text) {
        char[] folded = text.toCharArray();
        for (int i = 0; i < folded.length; i++) {
            folded[i] = fold(folded[i]);
        }
        return new String(folded);
    }

    /** A configured label or header: folded, composed, and with single spaces inside. */
    static String label(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        return fold(composed).strip().replaceAll("\\s+", " ");
    }

    private static char fold(char c) {
        if (c >= '\uff01' && c <= '\uff5e') {
            return Character.toLowerCase((char) (c - 0xfee0));
        }
        return switch (c) {
            case '\u00a0', '\u202f', '\u3000', '\t' -> ' ';
            case '\u2018', '\u2019', '\u02bc' -> '\'';
            case '\u2010', '\u2011' -> '-';
            default -> Character.toLowerCase(c);
        };
    }
}
