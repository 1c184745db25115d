package io.batchengine.documents.internal.pdf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;

/**
 * Text that does not stand quite upright: a page that was scanned askew and read by OCR, a stamp, a watermark. A line of half a page leaves
 * its own height behind at half a degree, so its letters are put upright before lines are made of them.
 */
final class Skew {
    /** Letters whose angles differ by less are lines of one text: OCR gives each line an angle of its own. */
    private static final int ONE_TEXT = 20;
    /** A text that leans further is a stamp or the like, and not what the page is about. */
    private static final int MOST_OF_A_PAGE = 100;

    private static final double TENTHS = 10;

    /** The glyphs by their angle in tenths of a degree, anticlockwise. */
    private final Map<Integer, List<Glyph>> byAngle = new TreeMap<>();

    /** How far a letter is turned beyond its direction, in tenths of a degree, anticlockwise. */
    static int of(TextPosition position, Direction direction) {
        Matrix matrix = position.getTextMatrix();
        if (direction.mirroredX() || direction.mirroredY()) {
            return 0;
        }
        double degrees = Math.toDegrees(Math.atan2(matrix.getShearY(), matrix.getScaleX())) - direction.degrees();
        return (int) Math.round(Math.IEEEremainder(degrees, 360) * TENTHS);
    }

    void add(int angle, Glyph glyph) {
        byAngle.computeIfAbsent(angle, each -> new ArrayList<>()).add(glyph);
    }

    /** The glyphs of each text, put upright; the text of most letters comes first. */
    List<List<Glyph>> texts() {
        List<List<Glyph>> texts = new ArrayList<>();
        Map<Integer, List<Glyph>> left = new TreeMap<>(byAngle);
        int angle = commonest();
        while (!left.isEmpty()) {
            List<Glyph> text = new ArrayList<>();
            for (int near = angle - ONE_TEXT; near <= angle + ONE_TEXT; near++) {
                List<Glyph> glyphs = left.remove(near);
                if (glyphs != null) {
                    text.addAll(glyphs);
                }
            }
            texts.add(upright(text, angle));
            angle = left.isEmpty() ? 0 : left.keySet().iterator().next();
        }
        return texts;
    }

    /** The angle of the middle letter of those that are nearly upright. */
    private int commonest() {
        long letters = 0;
        for (Map.Entry<Integer, List<Glyph>> each : byAngle.entrySet()) {
            letters += isNearlyUpright(each.getKey()) ? each.getValue().size() : 0;
        }
        long before = 0;
        for (Map.Entry<Integer, List<Glyph>> each : byAngle.entrySet()) {
            before += isNearlyUpright(each.getKey()) ? each.getValue().size() : 0;
            if (before * 2 > letters) {
                return each.getKey();
            }
        }
        return 0;
    }

    private static boolean isNearlyUpright(int angle) {
        return Math.abs(angle) <= MOST_OF_A_PAGE;
    }

    private static List<Glyph> upright(List<Glyph> glyphs, int angle) {
        if (angle == 0) {
            return glyphs;
        }
        double radians = Math.toRadians(angle / TENTHS);
        double cos = Math.cos(radians);
        double sin = Math.sin(radians);
        glyphs.replaceAll(glyph -> glyph.at(
                glyph.x() * cos - glyph.y() * sin, glyph.x() * sin + glyph.y() * cos, glyph.width() / Math.abs(cos)));
        return glyphs;
    }
}
