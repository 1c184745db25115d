package io.batchengine.examples.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** Writes Excel workbooks with typed cells: one sheet for each heading of level 1. */
final class XlsxWriter implements DocWriter {
    @Override
    public byte[] write(Doc doc) throws IOException {
        try (XSSFWorkbook book = new XSSFWorkbook()) {
            Map<String, CellStyle> styles = new HashMap<>();
            for (Doc part : parts(doc)) {
                XSSFSheet sheet = book.createSheet(part.title());
                int number = 0;
                for (List<SampleCell> cells : Grid.of(part)) {
                    Row row = sheet.createRow(number++);
                    for (int i = 0; i < cells.size(); i++) {
                        fill(book, styles, row, i, cells.get(i));
                    }
                }
                sheet.setColumnWidth(0, 32 * 256);
            }
            OfficeProperties.fix(book.getProperties(), doc.title());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            book.write(bytes);
            return Zips.normalize(bytes.toByteArray());
        }
    }

    /** The heading names the sheet; it stands in a cell too where the document is one sheet alone. */
    private static List<Doc> parts(Doc doc) {
        List<Doc> parts = new ArrayList<>();
        for (Block block : doc.blocks()) {
            if (block instanceof Block.Heading heading && heading.level() == 1) {
                parts.add(new Doc(doc.language(), heading.text(), new ArrayList<>()));
            } else {
                parts.get(parts.size() - 1).blocks().add(block);
            }
        }
        return parts.size() == 1 ? List.of(doc) : parts;
    }

    private static void fill(XSSFWorkbook book, Map<String, CellStyle> styles, Row row, int column, SampleCell cell) {
        if (cell.text().isEmpty()) {
            return;
        }
        org.apache.poi.ss.usermodel.Cell target = row.createCell(column);
        if (cell instanceof SampleCell.Amount amount) {
            target.setCellValue(amount.value().doubleValue());
            target.setCellStyle(style(book, styles, amount.format()));
        } else if (cell instanceof SampleCell.Day day) {
            target.setCellValue(day.value());
            target.setCellStyle(style(book, styles, day.format()));
        } else {
            target.setCellValue(cell.text());
        }
    }

    private static CellStyle style(XSSFWorkbook book, Map<String, CellStyle> styles, String format) {
        return styles.computeIfAbsent(format, key -> {
            CellStyle style = book.createCellStyle();
            style.setDataFormat(book.createDataFormat().getFormat(key));
            return style;
        });
    }
}
