package io.batchengine.examples.sample;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDBorderStyleDictionary;

/** The pages of a PDF, filled from top to bottom. Lengths are in points. */
final class PdfPages implements AutoCloseable {
    static final float LEFT = 56;
    static final float RIGHT = PDRectangle.A4.getWidth() - 56;
    private static final float TOP = PDRectangle.A4.getHeight() - 64;
    private static final float BOTTOM = 64;

    private final PDDocument pdf;
    private PDPage page;
    private PDPageContentStream content;
    private float y = TOP;

    PdfPages(PDDocument pdf) throws IOException {
        this.pdf = pdf;
        page = new PDPage(PDRectangle.A4);
        pdf.addPage(page);
        content = new PDPageContentStream(pdf, page);
    }

    /** Begins a new page where what comes would not fit on this one. */
    void makeRoom(float height) throws IOException {
        if (y - height < BOTTOM) {
            content.close();
            page = new PDPage(PDRectangle.A4);
            pdf.addPage(page);
            content = new PDPageContentStream(pdf, page);
            y = TOP;
        }
    }

    void skip(float height) {
        y -= height;
    }

    /** Words broken into lines below one another. */
    void paragraph(List<SampleSpan> spans, PDFont font, float size, float left) throws IOException {
        float leading = size * 1.35f;
        for (List<SampleSpan> line : lines(spans, font, size, RIGHT - left)) {
            makeRoom(leading);
            y -= leading;
            float x = left;
            for (SampleSpan span : line) {
                text(span.text(), font, size, x, 0);
                float width = width(span.text(), font, size);
                if (span.link() != null) {
                    link(span.link(), new PDRectangle(x, y - 2, width, size + 2));
                }
                x += width;
            }
        }
    }

    /** One line of text; its base line lies below the current place. */
    void text(String text, PDFont font, float size, float x, float below) throws IOException {
        content.beginText();
        content.setFont(font, size);
        content.newLineAtOffset(x, y - below);
        content.showText(text);
        content.endText();
    }

    void frame(float x, float width, float height) throws IOException {
        content.setLineWidth(0.5f);
        content.addRect(x, y - height, width, height);
        content.stroke();
    }

    private void link(String address, PDRectangle place) throws IOException {
        PDAnnotationLink link = new PDAnnotationLink();
        PDBorderStyleDictionary noBorder = new PDBorderStyleDictionary();
        noBorder.setWidth(0);
        link.setBorderStyle(noBorder);
        PDActionURI action = new PDActionURI();
        action.setURI(address);
        link.setAction(action);
        link.setRectangle(place);
        page.getAnnotations().add(link);
    }

    /** The lines of a text, each as spans; spaces stay with the span that they follow. */
    static List<List<SampleSpan>> lines(List<SampleSpan> spans, PDFont font, float size, float width)
            throws IOException {
        List<List<SampleSpan>> lines = new ArrayList<>();
        List<SampleSpan> line = new ArrayList<>();
        float used = 0;
        for (SampleSpan span : spans) {
            StringBuilder run = new StringBuilder();
            for (String word : span.text().split("(?<= )", -1)) {
                float needed = width(word.stripTrailing(), font, size);
                if (used + needed > width && used > 0) {
                    add(line, run, span);
                    lines.add(line);
                    line = new ArrayList<>();
                    run = new StringBuilder();
                    used = 0;
                }
                run.append(word);
                used += width(word, font, size);
            }
            add(line, run, span);
        }
        lines.add(line);
        return lines;
    }

    private static void add(List<SampleSpan> line, StringBuilder run, SampleSpan span) {
        if (!run.isEmpty()) {
            line.add(new SampleSpan(run.toString(), span.link()));
        }
    }

    static float width(String text, PDFont font, float size) throws IOException {
        return font.getStringWidth(text) / 1_000 * size;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
