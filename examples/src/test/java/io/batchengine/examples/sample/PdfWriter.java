package io.batchengine.examples.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.GregorianCalendar;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;

/** Writes PDFs as a word processor would print them: no tags, only text at places, lines and link areas. */
final class PdfWriter implements DocWriter {
    private static final float SIZE = 10.5f;
    private static final ZonedDateTime TIME = ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private final boolean embedFont;

    PdfWriter(boolean embedFont) {
        this.embedFont = embedFont;
    }

    @Override
    public byte[] write(Doc doc) throws IOException {
        try (PDDocument pdf = draw(doc)) {
            return save(pdf);
        }
    }

    /** The document, not saved yet; the caller closes it. */
    PDDocument draw(Doc doc) throws IOException {
        PDDocument pdf = new PDDocument();
        // The file's id is derived from this number instead of the time of day.
        pdf.setDocumentId((long) doc.title().hashCode());
        PDDocumentInformation information = pdf.getDocumentInformation();
        information.setTitle(doc.title());
        information.setCreationDate(GregorianCalendar.from(TIME));
        PdfFonts fonts = embedFont ? PdfFonts.embedded(pdf) : PdfFonts.standard();
        try (PdfPages pages = new PdfPages(pdf)) {
            for (Block block : doc.blocks()) {
                draw(pages, fonts, block);
            }
        }
        return pdf;
    }

    static byte[] save(PDDocument pdf) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        pdf.save(bytes);
        return bytes.toByteArray();
    }

    private static void draw(PdfPages pages, PdfFonts fonts, Block block) throws IOException {
        if (block instanceof Block.Heading heading) {
            float size = 24 - 4 * heading.level();
            pages.makeRoom(size * 4);
            pages.skip(heading.level() == 1 ? 0 : size / 2);
            pages.paragraph(SampleSpan.parse(heading.text()), fonts.bold(), size, PdfPages.LEFT);
            pages.skip(6);
        } else if (block instanceof Block.Paragraph paragraph) {
            pages.paragraph(paragraph.spans(), fonts.regular(), SIZE, PdfPages.LEFT);
            pages.skip(8);
        } else if (block instanceof Block.Items items) {
            items(pages, fonts, items, PdfPages.LEFT + 10);
            pages.skip(8);
        } else if (block instanceof Block.Table table) {
            PdfTables.draw(pages, fonts, table, SIZE - 1);
            pages.skip(12);
        } else {
            fields(pages, fonts, (Block.Fields) block);
            pages.skip(12);
        }
    }

    private static void items(PdfPages pages, PdfFonts fonts, Block.Items items, float left) throws IOException {
        int number = 1;
        for (Block.Item item : items.items()) {
            String mark = items.numbered() ? number++ + "." : "\u2022";
            pages.makeRoom(SIZE * 1.35f);
            pages.text(mark, fonts.regular(), SIZE, left, SIZE * 1.35f);
            pages.paragraph(item.spans(), fonts.regular(), SIZE, left + 16);
            if (item.nested() != null) {
                items(pages, fonts, item.nested(), left + 20);
            }
        }
    }

    private static void fields(PdfPages pages, PdfFonts fonts, Block.Fields fields) throws IOException {
        float line = SIZE * 1.5f;
        for (Block.Field field : fields.fields()) {
            pages.makeRoom(line);
            String value = field.value().text();
            float width = PdfPages.width(value, fonts.regular(), SIZE);
            pages.text(field.label() + ":", fonts.bold(), SIZE, PdfPages.LEFT + (fields.totals() ? 250 : 0), line);
            pages.text(
                    value, fonts.regular(), SIZE, fields.totals() ? PdfPages.RIGHT - width : PdfPages.LEFT + 130, line);
            pages.skip(line);
        }
    }
}
