package io.batchengine.documents.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.documents.ParsedDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import org.apache.poi.common.usermodel.HyperlinkType;
import org.apache.poi.xslf.usermodel.SlideLayout;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFSlide;
import org.apache.poi.xslf.usermodel.XSLFTable;
import org.apache.poi.xslf.usermodel.XSLFTextParagraph;
import org.apache.poi.xslf.usermodel.XSLFTextShape;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFAbstractNum;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTAbstractNum;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTLvl;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STNumberFormat;

/** Documents that POI wrote, which knows nothing of our readers. */
class OfficeTest {
    @Test
    void a_word_document_keeps_headings_lists_tables_and_links() throws Exception {
        assertThat(Parsing.markdown("a.docx", wordDocument())).isEqualTo("""
                        # Report

                        Plain **bold** *italic* [here](https://e.example/x)

                        - one
                          - two
                        - three

                        1. first
                        2. second

                        ## Numbers

                        | A | B |
                        | --- | --- |
                        | 1 | 2 |

                        3. third
                        """);
    }

    @Test
    void a_word_documents_properties_are_its_metadata() throws Exception {
        ParsedDocument document = Parsing.document("a.docx", wordDocument());

        assertThat(document.metadata())
                .containsEntry("dc:title", List.of("The title"))
                .containsEntry("dc:creator", List.of("Ann"));
    }

    private static byte[] wordDocument() throws IOException {
        try (XWPFDocument document = new XWPFDocument()) {
            document.getProperties().getCoreProperties().setTitle("The title");
            document.getProperties().getCoreProperties().setCreator("Ann");
            BigInteger bullets = list(document, 1, STNumberFormat.BULLET);
            BigInteger numbers = list(document, 2, STNumberFormat.DECIMAL);
            heading(document, "Heading1", "Report");
            XWPFParagraph paragraph = document.createParagraph();
            paragraph.createRun().setText("Plain ");
            XWPFRun bold = paragraph.createRun();
            bold.setBold(true);
            bold.setText("bold");
            paragraph.createRun().setText(" ");
            XWPFRun italic = paragraph.createRun();
            italic.setItalic(true);
            italic.setText("italic ");
            paragraph.createHyperlinkRun("https://e.example/x").setText("here");
            item(document, bullets, 0, "one");
            item(document, bullets, 1, "two");
            item(document, bullets, 0, "three");
            document.createParagraph();
            item(document, numbers, 0, "first");
            item(document, numbers, 0, "second");
            heading(document, "Heading2", "Numbers");
            XWPFTable table = document.createTable(2, 2);
            String[][] cells = {{"A", "B"}, {"1", "2"}};
            for (int row = 0; row < 2; row++) {
                for (int column = 0; column < 2; column++) {
                    table.getRow(row).getCell(column).setText(cells[row][column]);
                }
            }
            item(document, numbers, 0, "third");
            var out = new ByteArrayOutputStream();
            document.write(out);
            return out.toByteArray();
        }
    }

    private static BigInteger list(XWPFDocument document, int id, STNumberFormat.Enum format) {
        CTAbstractNum definition = CTAbstractNum.Factory.newInstance();
        definition.setAbstractNumId(BigInteger.valueOf(id));
        for (int level = 0; level < 3; level++) {
            CTLvl each = definition.addNewLvl();
            each.setIlvl(BigInteger.valueOf(level));
            each.addNewNumFmt().setVal(format);
        }
        var numbering = document.getNumbering() == null ? document.createNumbering() : document.getNumbering();
        return numbering.addNum(numbering.addAbstractNum(new XWPFAbstractNum(definition)));
    }

    private static void heading(XWPFDocument document, String style, String text) {
        XWPFParagraph paragraph = document.createParagraph();
        paragraph.setStyle(style);
        paragraph.createRun().setText(text);
    }

    private static void item(XWPFDocument document, BigInteger list, int level, String text) {
        XWPFParagraph paragraph = document.createParagraph();
        paragraph.setNumID(list);
        paragraph.setNumILvl(BigInteger.valueOf(level));
        paragraph.createRun().setText(text);
    }

    @Test
    void a_duration_of_a_workbook_may_be_longer_than_a_day() throws Exception {
        var out = new ByteArrayOutputStream();
        try (XSSFWorkbook workbook = new XSSFWorkbook()) {
            XSSFSheet sheet = workbook.createSheet("Hours");
            row(sheet, 0, "Spent", "Left", "At");
            row(sheet, 1, 1.5, 0.25, 0.5);
            String[] formats = {"[h]:mm:ss", "[mm]:ss", "h:mm"};
            for (int i = 0; i < formats.length; i++) {
                XSSFCellStyle style = workbook.createCellStyle();
                style.setDataFormat(workbook.createDataFormat().getFormat(formats[i]));
                sheet.getRow(1).getCell(i + 1).setCellStyle(style);
            }
            workbook.write(out);
        }

        assertThat(Parsing.markdown("a.xlsx", out.toByteArray())).contains("| 36:00:00 | 6:00:00 | 12:00 |");
    }

    @Test
    void a_workbook_gives_its_visible_sheets_as_tables() throws Exception {
        byte[] bytes;
        try (XSSFWorkbook workbook = new XSSFWorkbook()) {
            XSSFSheet sheet = workbook.createSheet("Prices");
            sheet.createRow(1).createCell(1).setCellValue("A title");
            row(sheet, 3, "Item", "", "Price", "On");
            row(sheet, 4, "Nut | bolt", "", 1234.5, LocalDate.of(2026, 3, 1));
            XSSFCellStyle price = workbook.createCellStyle();
            price.setDataFormat(workbook.createDataFormat().getFormat("#,##0.00"));
            sheet.getRow(4).getCell(3).setCellStyle(price);
            XSSFCellStyle date = workbook.createCellStyle();
            date.setDataFormat((short) 14);
            sheet.getRow(4).getCell(4).setCellStyle(date);
            var link = workbook.getCreationHelper().createHyperlink(HyperlinkType.URL);
            link.setAddress("https://e.example/nut");
            sheet.getRow(4).getCell(1).setHyperlink(link);
            workbook.createSheet("Hidden").createRow(0).createCell(0).setCellValue("secret");
            workbook.setSheetHidden(1, true);
            row(workbook.createSheet("More"), 0, true, 7);
            var out = new ByteArrayOutputStream();
            workbook.write(out);
            bytes = out.toByteArray();
        }

        assertThat(Parsing.markdown("a.xlsx", bytes)).isEqualTo("""
                        ## Prices

                        A title

                        | Item | Price | On |
                        | --- | --- | --- |
                        | [Nut \\| bolt](https://e.example/nut) | 1,234.50 | 2026-03-01 |

                        ## More

                        | TRUE | 7 |
                        | --- | --- |
                        """);
    }

    private static void row(XSSFSheet sheet, int row, Object... values) {
        var cells = sheet.createRow(row);
        for (int i = 0; i < values.length; i++) {
            XSSFCell cell = cells.createCell(i + 1);
            if (values[i] instanceof Number number) {
                cell.setCellValue(number.doubleValue());
            } else if (values[i] instanceof Boolean flag) {
                cell.setCellValue(flag);
            } else if (values[i] instanceof LocalDate day) {
                cell.setCellValue(day);
            } else {
                cell.setCellValue(values[i].toString());
            }
        }
    }

    @Test
    void slides_have_titles_lists_and_tables() throws Exception {
        byte[] bytes;
        try (XMLSlideShow show = new XMLSlideShow()) {
            var layout = show.getSlideMasters().get(0).getLayout(SlideLayout.TITLE_AND_CONTENT);
            XSLFSlide slide = show.createSlide(layout);
            slide.getPlaceholder(0).setText("Plan");
            XSLFTextShape body = slide.getPlaceholder(1);
            body.clearText();
            body.addNewTextParagraph().addNewTextRun().setText("one");
            XSLFTextParagraph second = body.addNewTextParagraph();
            second.setIndentLevel(1);
            second.addNewTextRun().setText("two");
            XSLFTextParagraph third = body.addNewTextParagraph();
            var run = third.addNewTextRun();
            run.setText("three");
            run.setBold(true);
            run.createHyperlink().setAddress("https://e.example/3");
            XSLFSlide untitled = show.createSlide();
            XSLFTable table = untitled.createTable(2, 2);
            for (int i = 0; i < 4; i++) {
                table.getCell(i / 2, i % 2).setText("c" + i);
            }
            var out = new ByteArrayOutputStream();
            show.write(out);
            bytes = out.toByteArray();
        }

        assertThat(Parsing.markdown("a.pptx", bytes)).isEqualTo("""
                        ## Plan

                        - one
                          - two
                        - [**three**](https://e.example/3)

                        ## Slide 2

                        | c0 | c1 |
                        | --- | --- |
                        | c2 | c3 |
                        """);
    }

    private static String sheet(String rows) throws Exception {
        return Parsing.markdown(
                "a.xlsx",
                NoTextTest.office(
                        "m.xml",
                        "<workbook xmlns:r='r'><sheets><sheet name='S' r:id='s.xml'/></sheets></workbook>",
                        "_rels/m.xml.rels",
                        NoTextTest.relationships("worksheet", "s.xml"),
                        "s.xml",
                        "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<row r='1'><c r='C1'><v>3</v></c><c r='A1'><v>1</v></c></row>",
                "<row r='1'><c r='A1'><v>1</v></c><c r='C1'><v>3</v></c></row>",
                "<row><c r='$C$1'><v>3</v></c><c r='a1'><v>1</v></c></row>",
                "<row><c r='B1'/><c r='C1'><v>3</v></c><c r='A1'><v>1</v></c></row>"
            })
    void cells_out_of_order_are_placed_by_their_references(String row) throws Exception {
        String next = "<row r='2'><c r='B2'><v>5</v></c><c r='A2'><v>4</v></c><c r='C2'><v>6</v></c></row>";

        assertThat(sheet(row + next)).isEqualTo("## S\n\n| 1 |  | 3 |\n| --- | --- | --- |\n| 4 | 5 | 6 |\n");
    }

    @Test
    void a_cell_that_is_there_twice_is_not_lost() throws Exception {
        assertThat(sheet("<row><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c><c r='A1'><v>7</v></c></row>"))
                .isEqualTo("## S\n\n| 1<br>7 | 2 |\n| --- | --- |\n");
    }
}
