package io.batchengine.examples.sample;

import java.awt.Rectangle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.poi.xslf.usermodel.SlideLayout;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFSlide;
import org.apache.poi.xslf.usermodel.XSLFTable;
import org.apache.poi.xslf.usermodel.XSLFTableRow;
import org.apache.poi.xslf.usermodel.XSLFTextParagraph;
import org.apache.poi.xslf.usermodel.XSLFTextRun;
import org.apache.poi.xslf.usermodel.XSLFTextShape;

/** Writes PowerPoint slides: the title on one, then one for each heading of level 2. */
final class PptxWriter implements DocWriter {
    @Override
    public byte[] write(Doc doc) throws IOException {
        System.setProperty("java.awt.headless", "true");
        try (XMLSlideShow show = new XMLSlideShow()) {
            XSLFSlide slide = slide(show, SlideLayout.TITLE, doc.title());
            for (Block block : doc.blocks()) {
                if (block instanceof Block.Heading heading) {
                    if (heading.level() > 1) {
                        slide = slide(show, SlideLayout.TITLE_AND_CONTENT, heading.text());
                    }
                } else if (block instanceof Block.Table table) {
                    slide.removeShape(slide.getPlaceholder(1));
                    add(slide, table);
                } else if (block instanceof Block.Items items) {
                    add(slide.getPlaceholder(1), items, 0);
                } else if (block instanceof Block.Paragraph paragraph) {
                    fill(slide.getPlaceholder(1).addNewTextParagraph(), paragraph.spans());
                }
            }
            OfficeProperties.fix(show.getProperties(), doc.title());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            show.write(bytes);
            return Zips.normalize(bytes.toByteArray());
        }
    }

    private static XSLFSlide slide(XMLSlideShow show, SlideLayout layout, String title) {
        XSLFSlide slide = show.createSlide(show.getSlideMasters().get(0).getLayout(layout));
        slide.getPlaceholder(0).setText(title);
        slide.getPlaceholder(1).clearText();
        return slide;
    }

    private static void add(XSLFTextShape shape, Block.Items items, int depth) {
        for (Block.Item item : items.items()) {
            XSLFTextParagraph paragraph = shape.addNewTextParagraph();
            paragraph.setIndentLevel(depth);
            fill(paragraph, item.spans());
            if (item.nested() != null) {
                add(shape, item.nested(), depth + 1);
            }
        }
    }

    private static void fill(XSLFTextParagraph paragraph, List<SampleSpan> spans) {
        for (SampleSpan span : spans) {
            XSLFTextRun run = paragraph.addNewTextRun();
            run.setText(span.text());
            if (span.link() != null) {
                run.createHyperlink().setAddress(span.link());
            }
        }
    }

    private static void add(XSLFSlide slide, Block.Table table) {
        XSLFTable grid = slide.createTable();
        grid.setAnchor(new Rectangle(50, 130, 600, 40 * (table.rows().size() + 1)));
        XSLFTableRow header = grid.addRow();
        table.header().forEach(cell -> header.addCell().setText(cell));
        for (List<SampleCell> cells : table.rows()) {
            XSLFTableRow row = grid.addRow();
            cells.forEach(cell -> row.addCell().setText(cell.text()));
        }
        for (int i = 0; i < table.header().size(); i++) {
            grid.setColumnWidth(i, 600.0 / table.header().size());
        }
    }
}
