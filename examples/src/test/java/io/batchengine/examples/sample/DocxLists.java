package io.batchengine.examples.sample;

import java.math.BigInteger;
import org.apache.poi.xwpf.usermodel.XWPFAbstractNum;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFNumbering;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTAbstractNum;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTInd;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTLvl;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STNumberFormat;

/** Writes lists into Word documents; each list counts from one again. */
final class DocxLists {
    private static final int LEVELS = 3;

    private DocxLists() {}

    static void add(XWPFDocument word, Block.Items items, boolean rightToLeft) {
        XWPFNumbering numbering = word.createNumbering();
        BigInteger id = BigInteger.valueOf(numbering.getAbstractNums().size());
        CTAbstractNum definition = CTAbstractNum.Factory.newInstance();
        definition.setAbstractNumId(id);
        Block.Items level = items;
        for (int i = 0; i < LEVELS; i++) {
            define(definition.addNewLvl(), i, level.numbered());
            for (Block.Item item : level.items()) {
                level = item.nested() == null ? level : item.nested();
            }
        }
        BigInteger abstractId = numbering.addAbstractNum(new XWPFAbstractNum(definition));
        write(word, items, numbering.addNum(abstractId), 0, rightToLeft);
    }

    private static void define(CTLvl level, int depth, boolean numbered) {
        level.setIlvl(BigInteger.valueOf(depth));
        level.addNewStart().setVal(BigInteger.ONE);
        level.addNewNumFmt().setVal(numbered ? STNumberFormat.DECIMAL : STNumberFormat.BULLET);
        level.addNewLvlText().setVal(numbered ? "%" + (depth + 1) + "." : "\u2022");
        CTInd indent = level.addNewPPr().addNewInd();
        indent.setLeft(BigInteger.valueOf(720L * (depth + 1)));
        indent.setHanging(BigInteger.valueOf(360));
    }

    private static void write(XWPFDocument word, Block.Items items, BigInteger id, int depth, boolean rightToLeft) {
        for (Block.Item item : items.items()) {
            XWPFParagraph paragraph = word.createParagraph();
            DocxWriter.fill(paragraph, item.spans(), rightToLeft);
            paragraph.setNumID(id);
            paragraph.setNumILvl(BigInteger.valueOf(depth));
            if (item.nested() != null) {
                write(word, item.nested(), id, depth + 1, rightToLeft);
            }
        }
    }
}
