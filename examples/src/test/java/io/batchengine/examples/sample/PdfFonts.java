package io.batchengine.examples.sample;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** The fonts of a PDF. */
record PdfFonts(PDFont regular, PDFont bold) {
    private static final String LIBERATION_SANS = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    /** Fonts that every reader has, for Latin text; nothing is embedded. */
    static PdfFonts standard() {
        return new PdfFonts(new PDType1Font(FontName.HELVETICA), new PDType1Font(FontName.HELVETICA_BOLD));
    }

    /** An embedded font for Latin, Greek and Cyrillic text, the one that comes with PDFBox. */
    static PdfFonts embedded(PDDocument pdf) throws IOException {
        try (InputStream font = PDFont.class.getResourceAsStream(LIBERATION_SANS)) {
            if (font == null) {
                throw new FileNotFoundException("PDFBox no longer brings " + LIBERATION_SANS);
            }
            PDFont sans = PDType0Font.load(pdf, font, true);
            return new PdfFonts(sans, sans);
        }
    }
}
