package io.batchengine.documents.pdf;

import io.batchengine.documents.reading.Guard;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.jspecify.annotations.Nullable;

/** Collects the lines of each page of a document, with the links that lie over them. */
final class PageCollector extends PDFTextStripper {
    private static final int MAX_LINKS = 2_000;

    private final Guard guard;
    private final List<List<Line>> pages = new ArrayList<>();
    private final List<Glyph> glyphs = new ArrayList<>();
    private final List<Glyph> turned = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();

    /** A link's place: from the left and from the top. */
    private record Link(double left, double top, double right, double bottom, String href) {
        boolean covers(double x, double y) {
            return x >= left && x <= right && y >= top && y <= bottom;
        }
    }

    PageCollector(Guard guard) {
        this.guard = guard;
    }

    /** The lines of each page, from the top; turned text comes last. */
    List<List<Line>> collect(PDDocument document) throws IOException {
        writeText(document, Writer.nullWriter());
        return pages;
    }

    @Override
    protected void startPage(PDPage page) throws IOException {
        guard.checkNow();
        glyphs.clear();
        turned.clear();
        links.clear();
        if (page.getRotation() == 0) {
            collectLinks(page);
        }
    }

    @Override
    protected void endPage(PDPage page) {
        List<Line> lines = new ArrayList<>(LineBuilder.lines(pages.size(), glyphs, guard));
        lines.addAll(LineBuilder.lines(pages.size(), turned, guard));
        pages.add(lines);
    }

    @Override
    protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
        guard.check();
        super.processOperator(operator, operands);
    }

    @Override
    protected void processTextPosition(TextPosition position) {
        String text = position.getUnicode();
        if (text == null || text.isEmpty()) {
            return;
        }
        guard.buffered(text.length());
        double x = position.getXDirAdj();
        double y = position.getYDirAdj();
        double size = size(position);
        PDFont font = position.getFont();
        Glyph glyph = new Glyph(
                text,
                x,
                y,
                position.getWidthDirAdj(),
                size,
                position.getWidthOfSpace(),
                isBold(font),
                isItalic(font),
                link(x + position.getWidthDirAdj() / 2, y - size / 4));
        (position.getDir() == 0 ? glyphs : turned).add(glyph);
    }

    private static double size(TextPosition position) {
        double size = Math.abs(position.getFontSizeInPt());
        return size > 0.1 && size < 2_000 ? size : Math.max(1, position.getHeightDir());
    }

    private @Nullable String link(double x, double y) {
        for (Link link : links) {
            if (link.covers(x, y)) {
                return link.href;
            }
        }
        return null;
    }

    private void collectLinks(PDPage page) throws IOException {
        PDRectangle box = page.getCropBox();
        for (PDAnnotation annotation : page.getAnnotations()) {
            guard.check();
            PDRectangle place = annotation.getRectangle();
            if (annotation instanceof PDAnnotationLink link
                    && place != null
                    && links.size() < MAX_LINKS
                    && link.getAction() instanceof PDActionURI action
                    && action.getURI() != null) {
                links.add(new Link(
                        place.getLowerLeftX() - box.getLowerLeftX(),
                        box.getUpperRightY() - place.getUpperRightY(),
                        place.getUpperRightX() - box.getLowerLeftX(),
                        box.getUpperRightY() - place.getLowerLeftY(),
                        action.getURI()));
            }
        }
    }

    private static boolean isBold(PDFont font) {
        PDFontDescriptor descriptor = font.getFontDescriptor();
        return nameHas(font, "bold", "black", "heavy", "semibold")
                || (descriptor != null && (descriptor.isForceBold() || descriptor.getFontWeight() >= 600));
    }

    private static boolean isItalic(PDFont font) {
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
