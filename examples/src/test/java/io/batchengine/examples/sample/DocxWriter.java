package io.batchengine.examples.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.poi.xwpf.usermodel.UnderlinePatterns;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFHyperlinkRun;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.poi.xwpf.usermodel.XWPFTableRow;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTP;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTR;

/** Writes Word documents: heading styles, numbered and bulleted lists, tables, hyperlinks. */
final class DocxWriter implements DocWriter {
    @Override
    public byte[] write(Doc doc) throws IOException {
        try (XWPFDocument word = new XWPFDocument()) {
            DocxStyles.addTo(word);
            for (Block block : doc.blocks()) {
                add(word, block, doc.rightToLeft());
            }
            OfficeProperties.fix(word.getProperties(), doc.title());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            word.write(bytes);
            return Zips.normalize(bytes.toByteArray());
        }
    }

    private static void add(XWPFDocument word, Block block, boolean rightToLeft) {
        if (block instanceof Block.Heading heading) {
            XWPFParagraph paragraph = word.createParagraph();
            paragraph.setStyle("Heading" + heading.level());
            fill(paragraph, SampleSpan.parse(heading.text()), rightToLeft);
        } else if (block instanceof Block.Paragraph text) {
            fill(word.createParagraph(), text.spans(), rightToLeft);
        } else if (block instanceof Block.Items items) {
            DocxLists.add(word, items, rightToLeft);
        } else if (block instanceof Block.Table table) {
            XWPFTable grid =
                    word.createTable(table.rows().size() + 1, table.header().size());
            fill(grid.getRow(0), table.header(), rightToLeft);
            grid.getRow(0).setRepeatHeader(true);
            if (rightToLeft) {
                grid.getCTTbl().getTblPr().addNewBidiVisual();
            }
            for (int i = 0; i < table.rows().size(); i++) {
                fill(
                        grid.getRow(i + 1),
                        table.rows().get(i).stream().map(SampleCell::text).toList(),
                        rightToLeft);
            }
        } else {
            List<Block.Field> fields = ((Block.Fields) block).fields();
            XWPFTable grid = word.createTable(fields.size(), 2);
            for (int i = 0; i < fields.size(); i++) {
                Block.Field field = fields.get(i);
                fill(grid.getRow(i), List.of(field.label(), field.value().text()), rightToLeft);
            }
            // Two tables that touch would be one in Word.
            word.createParagraph();
        }
    }

    private static void fill(XWPFTableRow row, List<String> texts, boolean rightToLeft) {
        for (int i = 0; i < texts.size(); i++) {
            fill(row.getCell(i).getParagraphs().get(0), SampleSpan.parse(texts.get(i)), rightToLeft);
        }
    }

    static void fill(XWPFParagraph paragraph, List<SampleSpan> spans, boolean rightToLeft) {
        if (rightToLeft) {
            CTP content = paragraph.getCTP();
            (content.isSetPPr() ? content.getPPr() : content.addNewPPr()).addNewBidi();
        }
        for (SampleSpan span : spans) {
            XWPFRun run;
            if (span.link() == null) {
                run = paragraph.createRun();
            } else {
                XWPFHyperlinkRun link = paragraph.createHyperlinkRun(span.link());
                link.setUnderline(UnderlinePatterns.SINGLE);
                link.setColor("0000EE");
                run = link;
            }
            run.setText(span.text());
            if (rightToLeft) {
                CTR content = run.getCTR();
                (content.isSetRPr() ? content.getRPr() : content.addNewRPr()).addNewRtl();
            }
        }
    }
}
