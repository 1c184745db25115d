package io.batchengine.documents.internal.pdf;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.pdfbox.pdmodel.font.PDFont;

/**
 * Tells letters of a page that mean nothing although their font gives them a meaning: some writers map each glyph to a blank or to a
 * question mark. Real blanks and question marks have a glyph or two of a font.
 */
final class GlyphMeanings {
    /** So many glyphs of a font are not all blanks, or all question marks. */
    private static final int GLYPHS_OF_A_SIGN = 3;
    /** So many glyphs do not all mean the same letter: Arabic has four forms of one. */
    private static final int GLYPHS_OF_A_LETTER = 6;

    private final Map<PDFont, Map<String, Use>> fonts = new HashMap<>();

    /** How often a font says that a glyph means this, and of which glyphs. */
    private static final class Use {
        private final Set<Integer> codes = new HashSet<>();
        private int letters;
    }

    /**
     * How many letters of a page mean something.
     *
     * @param meaningless letters that mean nothing
     * @param meaningful letters that mean something and are no blanks
     */
    record Count(int meaningless, int meaningful) {
        static final Count NONE = new Count(0, 0);
    }

    void clear() {
        fonts.clear();
    }

    void take(PDFont font, int code, String text) {
        Use use = fonts.computeIfAbsent(font, each -> new HashMap<>()).computeIfAbsent(text, each -> new Use());
        use.letters++;
        if (use.codes.size() < GLYPHS_OF_A_LETTER) {
            use.codes.add(code);
        }
    }

    Count count() {
        int meaningless = 0;
        int meaningful = 0;
        for (Map<String, Use> font : fonts.values()) {
            long texts = font.keySet().stream().filter(text -> !isBlank(text)).count();
            for (Map.Entry<String, Use> each : font.entrySet()) {
                Use use = each.getValue();
                if (use.codes.size() >= mostGlyphs(each.getKey(), texts == 1)) {
                    meaningless += use.letters;
                } else if (!isBlank(each.getKey())) {
                    meaningful += use.letters;
                }
            }
        }
        return new Count(meaningless, meaningful);
    }

    private static int mostGlyphs(String text, boolean onlyOne) {
        if (isBlank(text) || text.chars().allMatch(c -> c == '?')) {
            return GLYPHS_OF_A_SIGN;
        }
        return onlyOne ? GLYPHS_OF_A_LETTER : Integer.MAX_VALUE;
    }

    private static boolean isBlank(String text) {
        return text.codePoints()
                .allMatch(c -> Character.isWhitespace(c)
                        || Character.isSpaceChar(c)
                        || Character.getType(c) == Character.FORMAT);
    }
}
