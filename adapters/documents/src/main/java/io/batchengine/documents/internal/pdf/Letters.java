package io.batchengine.documents.internal.pdf;

import java.util.Locale;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.apache.pdfbox.pdmodel.font.PDType3Font;
import org.apache.pdfbox.text.TextPosition;

/** How a letter looks: its size on the page, bold, italic. */
final class Letters {
    private Letters() {}

    /**
     * The size on the page. A PDF may set a font at size 1 under a matrix that makes it 50, and scale all by 0.24; only the product of all
     * matrices tells.
     */
    static double size(TextPosition position) {
        double size = Math.abs(position.getTextMatrix().getScalingFactorY()) * ownHeight(position.getFont());
        return size > 0 && size < Double.MAX_VALUE ? size : Math.max(0.01, position.getHeightDir());
    }

    /** Of a font that draws its letters itself, its height at size 1; 1 for others. */
    private static double ownHeight(PDFont font) {
        if (font instanceof PDType3Font drawn) {
            PDRectangle box = drawn.getFontBBox();
            double height = box == null
                    ? 0
                    : Math.abs(box.getHeight() * drawn.getFontMatrix().getScaleY());
            return height > 0 ? height : 1;
        }
        return 1;
    }

    /** Whether a font gives a letter no meaning, but a number of its own, or a sign that there is none. */
    static boolean isUnmapped(String text) {
        return text.codePoints()
                .allMatch(c -> c == 0xfffd
                        || switch (Character.getType(c)) {
                            case Character.CONTROL -> !Character.isWhitespace(c);
                            case Character.PRIVATE_USE, Character.UNASSIGNED -> true;
                            default -> false;
                        });
    }

    static boolean isBold(PDFont font) {
        PDFontDescriptor descriptor = font.getFontDescriptor();
        return nameHas(font, "bold", "black", "heavy", "semibold")
                || (descriptor != null && (descriptor.isForceBold() || descriptor.getFontWeight() >= 600));
    }

    static boolean isItalic(PDFont font) {
        PDFontDescriptor descriptor = font.getFontDescriptor();
        return nameHas(font, "italic", "oblique") || (descriptor != null && descriptor.isItalic());
    }

    private static boolean nameHas(PDFont font, String... words) {
        String name = font.getName() == null ? "" : font.getName().toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (name.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
