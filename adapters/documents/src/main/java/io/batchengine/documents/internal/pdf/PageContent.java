package io.batchengine.documents.internal.pdf;

import java.util.List;
import java.util.Set;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;
import org.jspecify.annotations.Nullable;

/** What a page shows besides text, counted while it is read: enough to tell a blank page from one whose text can't be read. */
final class PageContent {
    /** A part of the page that images must cover to count: a scan in strips covers most of it, an ornament hardly any. */
    private static final double IMAGE_SHARE = 0.05;
    /** A part of the page that images cover on a scan, and hardly ever beside text. */
    private static final double SCAN_SHARE = 0.6;
    /** A page number, a stamp, the name of who scanned it. */
    private static final int SCRAP_LETTERS = 100;
    /** Beside so many letters without a meaning, one that has a meaning does not count. */
    private static final int LETTERS_PER_MEANING = 20;
    /** A page number alone. */
    private static final int BARE_LETTERS = 20;
    /** What has so many bytes draws something. */
    private static final int BLANK_BYTES = 16;
    /** Frames and rules have fewer lines than this, letters that are drawn as outlines have more. */
    private static final int OUTLINE_SEGMENTS = 200;

    private static final Set<String> SEGMENTS = Set.of("m", "l", "c", "v", "y", "re");

    private final double pageArea;
    private double imageArea;
    private int segments;
    private int lettersShown;
    private int lettersRead;
    private int lettersSeen;
    private final OperatorCheck operators = new OperatorCheck();
    private int notes;
    /** How many bytes of operators there are, as far as they are known. */
    private long bytes;

    private final GlyphMeanings meanings = new GlyphMeanings();
    private GlyphMeanings.Count count = GlyphMeanings.Count.NONE;
    private boolean damaged;

    /** What a page without text is. */
    enum Kind {
        BLANK(""),
        IMAGE("an image", "images"),
        UNMAPPED("text in fonts that do not say which letters they draw"),
        DRAWING("a drawing", "drawings"),
        NOTES("form fields or notes");

        private final String one;
        private final String many;

        Kind(String both) {
            this(both, both);
        }

        Kind(String one, String many) {
            this.one = one;
            this.many = many;
        }

        /** As in "2 pages are images". */
        String of(int pages) {
            return pages == 1 ? "1 page is " + one : pages + " pages are " + many;
        }
    }

    PageContent(PDRectangle page) {
        this.pageArea = Math.max(1e-9, (double) page.getWidth() * page.getHeight());
    }

    /** An image fills an area under the current matrix: the unit square, or a shape. */
    void image(Matrix matrix, double area) {
        imageArea += area
                * Math.abs((double) matrix.getScaleX() * matrix.getScaleY()
                        - (double) matrix.getShearX() * matrix.getShearY());
    }

    /** What is drawn has so many bytes, or {@link ContentCheck#DAMAGED}. */
    void stream(long length) {
        damaged |= length == ContentCheck.DAMAGED;
        bytes += Math.max(0, length);
    }

    /** Something that is drawn can't be read. */
    void damage() {
        damaged = true;
    }

    void operator(Operator operator, List<COSBase> operands, @Nullable PDResources resources) {
        operators.take(operator, operands, resources);
        if (SEGMENTS.contains(operator.getName())) {
            segments++;
        }
    }

    void letterShown() {
        lettersShown++;
    }

    /** A letter that its font gives a meaning; one that can't be seen was put over a scan by OCR. */
    void letterRead(TextPosition position, boolean seen) {
        int[] codes = position.getCharacterCodes();
        meanings.take(position.getFont(), codes.length == 0 ? 0 : codes[0], position.getUnicode());
        lettersRead++;
        lettersSeen += seen ? 1 : 0;
    }

    /** The page has been read; only counts are kept of it. */
    void end() {
        count = meanings.count();
        meanings.clear();
    }

    /** A form field, a stamp or a note. */
    void note() {
        notes++;
    }

    /** Whether something of the page was lost. */
    boolean isDamaged() {
        return damaged || operators.isDamaged() || (operators.operators() == 0 && bytes > BLANK_BYTES);
    }

    /** Whether the page is an image with some letters on it, and nobody has read the image. */
    boolean isScan() {
        return imageArea >= SCAN_SHARE * pageArea
                && (isGarbled() || (lettersRead == lettersSeen && lettersSeen < SCRAP_LETTERS));
    }

    /** Whether most of what is written is in fonts that do not say which letters they draw. */
    boolean isUnmapped() {
        int meaningless = count.meaningless();
        return lettersShown - lettersRead + meaningless > Math.max(BARE_LETTERS, lettersRead - meaningless);
    }

    /** Whether all of what is written has no meaning, or nearly all. */
    boolean isGarbled() {
        int meaningless = lettersShown - lettersRead + count.meaningless();
        return meaningless > count.meaningful() * LETTERS_PER_MEANING;
    }

    /** Whether there are so few letters on an image that they do not count as its text. */
    boolean isBareScan() {
        return isScan() && lettersSeen < BARE_LETTERS;
    }

    /** What the page is, if it has no text. */
    Kind kind() {
        if (imageArea >= IMAGE_SHARE * pageArea) {
            return Kind.IMAGE;
        }
        if (lettersShown > lettersRead || isGarbled()) {
            return Kind.UNMAPPED;
        }
        if (segments >= OUTLINE_SEGMENTS) {
            return Kind.DRAWING;
        }
        return notes > 0 ? Kind.NOTES : Kind.BLANK;
    }
}
