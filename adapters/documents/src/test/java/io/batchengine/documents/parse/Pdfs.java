package io.batchengine.documents.parse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;

/** Draws PDF documents, text by text. Distances are in points, from the left and from the top. */
final class Pdfs implements AutoCloseable {
    private static final float HEIGHT = PDRectangle.A4.getHeight();
    private static final PDFont PLAIN = new PDType1Font(FontName.HELVETICA);
    private static final PDFont BOLD = new PDType1Font(FontName.HELVETICA_BOLD);

    private final PDDocument document = new PDDocument();
    private PDPage page = new PDPage(PDRectangle.A4);
    private PDPageContentStream content;

    Pdfs() throws IOException {
        document.addPage(page);
        content = new PDPageContentStream(document, page);
    }

    Pdfs text(double x, double y, double size, String text) throws IOException {
        return draw(PLAIN, x, y, size, text);
    }

    Pdfs bold(double x, double y, double size, String text) throws IOException {
        return draw(BOLD, x, y, size, text);
    }

    /** Text that ends at x. */
    Pdfs right(double x, double y, double size, String text) throws IOException {
        return draw(PLAIN, x - PLAIN.getStringWidth(text) / 1000 * size, y, size, text);
    }

    Pdfs link(double x, double y, double size, String text, String target) throws IOException {
        PDAnnotationLink link = new PDAnnotationLink();
        PDActionURI action = new PDActionURI();
        action.setURI(target);
        link.setAction(action);
        float width = PLAIN.getStringWidth(text) / 1000 * (float) size;
        link.setRectangle(new PDRectangle((float) x, HEIGHT - (float) y - 2, width, (float) size + 2));
        page.getAnnotations().add(link);
        return draw(PLAIN, x, y, size, text);
    }

    Pdfs newPage() throws IOException {
        content.close();
        page = new PDPage(PDRectangle.A4);
        document.addPage(page);
        content = new PDPageContentStream(document, page);
        return this;
    }

    Pdfs encrypt(String userPassword) throws IOException {
        var policy = new StandardProtectionPolicy("owner", userPassword, new AccessPermission());
        policy.setEncryptionKeyLength(128);
        document.protect(policy);
        return this;
    }

    /** Adds a content stream to the page. */
    Pdfs with(PDStream stream) throws IOException {
        content.close();
        page.setContents(List.of(stream));
        return this;
    }

    PDDocument document() {
        return document;
    }

    byte[] bytes() throws IOException {
        content.close();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        document.save(out);
        document.close();
        return out.toByteArray();
    }

    private Pdfs draw(PDFont font, double x, double y, double size, String text) throws IOException {
        content.beginText();
        content.setFont(font, (float) size);
        content.newLineAtOffset((float) x, HEIGHT - (float) y);
        content.showText(text);
        content.endText();
        return this;
    }

    @Override
    public void close() throws IOException {
        document.close();
    }
}
