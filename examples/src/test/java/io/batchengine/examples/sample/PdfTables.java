package io.batchengine.examples.sample;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.font.PDFont;

/** Draws tables: framed cells, wrapped words, numbers to the right. */
final class PdfTables {
    private static final float PADDING = 5;

    private PdfTables() {}

    static void draw(PdfPages pages, PdfFonts fonts, Block.Table table, float size) throws IOException {
        float[] widths = widths(fonts, table, size);
        List<SampleCell> header = table.header().stream().map(SampleCell::of).toList();
        row(pages, fonts.bold(), header, widths, size);
        for (List<SampleCell> cells : table.rows()) {
            row(pages, fonts.regular(), cells, widths, size);
        }
    }

    private static void row(PdfPages pages, PDFont font, List<SampleCell> cells, float[] widths, float size)
            throws IOException {
        List<List<List<SampleSpan>>> wrapped = new ArrayList<>();
        int most = 1;
        for (int i = 0; i < widths.length; i++) {
            List<SampleSpan> words = SampleSpan.parse(cells.get(i).text());
            List<List<SampleSpan>> lines = PdfPages.lines(words, font, size, widths[i] - 2 * PADDING);
            wrapped.add(lines);
            most = Math.max(most, lines.size());
        }
        float leading = size * 1.25f;
        float height = most * leading + 2 * PADDING - 2;
        pages.makeRoom(height);
        float x = PdfPages.LEFT;
        for (int i = 0; i < widths.length; i++) {
            pages.frame(x, widths[i], height);
            List<List<SampleSpan>> lines = wrapped.get(i);
            for (int n = 0; n < lines.size(); n++) {
                String text = SampleSpan.words(lines.get(n)).stripTrailing();
                boolean right = cells.get(i) instanceof SampleCell.Amount;
                float shift = right ? widths[i] - PADDING - PdfPages.width(text, font, size) : PADDING;
                pages.text(text, font, size, x + shift, PADDING + size - 2 + n * leading);
            }
            x += widths[i];
        }
        pages.skip(height);
    }

    /** The first column gets what the others leave, as it holds the longest words. */
    private static float[] widths(PdfFonts fonts, Block.Table table, float size) throws IOException {
        float[] widths = new float[table.header().size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = PdfPages.width(table.header().get(i), fonts.bold(), size);
            for (List<SampleCell> row : table.rows()) {
                widths[i] = Math.max(widths[i], PdfPages.width(row.get(i).text(), fonts.regular(), size));
            }
            widths[i] += 2 * PADDING + 4;
        }
        float others = 0;
        for (int i = 1; i < widths.length; i++) {
            others += widths[i];
        }
        widths[0] = PdfPages.RIGHT - PdfPages.LEFT - others;
        return widths;
    }
}
