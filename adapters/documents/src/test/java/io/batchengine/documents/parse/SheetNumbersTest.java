package io.batchengine.documents.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.documents.Configurations;
import io.batchengine.documents.DocumentLimits;
import io.batchengine.documents.NumberCells;
import io.batchengine.documents.OutputFolder;
import io.batchengine.documents.ParsedDocument;
import io.batchengine.documents.TestFiles;
import io.batchengine.documents.extract.ExtractJobFactory;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.ResolveRequest;
import io.batchengine.testkit.FakeJobContext;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cell that holds a number is that number, whatever the texts around it look like. */
class SheetNumbersTest {
    @TempDir
    Path folder;

    private final XSSFWorkbook workbook = new XSSFWorkbook();
    private final XSSFSheet sheet = workbook.createSheet("S");

    private XSSFCell cell(int column) {
        XSSFRow row = sheet.createRow(sheet.getPhysicalNumberOfRows());
        row.createCell(0).setCellValue("x");
        return row.createCell(column);
    }

    private SheetNumbersTest header() {
        XSSFRow row = sheet.createRow(0);
        row.createCell(0).setCellValue("Name");
        row.createCell(1).setCellValue("Value");
        return this;
    }

    private SheetNumbersTest number(double value, String format) {
        XSSFCell cell = cell(1);
        cell.setCellValue(value);
        var style = workbook.createCellStyle();
        style.setDataFormat(workbook.createDataFormat().getFormat(format));
        cell.setCellStyle(style);
        return this;
    }

    private SheetNumbersTest text(String value) {
        cell(1).setCellValue(value);
        return this;
    }

    private byte[] bytes() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        workbook.write(out);
        return out.toByteArray();
    }

    /** The values of the column, as JSON. */
    private String extract(String type) throws Exception {
        String configuration = Text.format("""
                {"type": "extract_v2", "parameters": {"schema": {"type": "object"},
                  "rules": {"c": {"table": {"columns": {
                    "n": {"headers": "Name"}, "v": {"headers": "Value", %s}}}}}}}
                """, type.replace('\'', '"'));
        var factory = ExtractJobFactory.of(
                DocumentParsers.tika(DocumentLimits.DEFAULT),
                Configurations.of(id -> Optional.of(configuration)),
                OutputFolder.at(folder));
        var snapshot = factory.resolve(ResolveRequest.of(Scope.ofProject("prj-1"), JobType.EXTRACT_V2, "cfg-1"));
        Outcome outcome = FakeJobContext.of(JobType.EXTRACT_V2, TestFiles.of("a.xlsx", bytes()))
                .withConfiguration(snapshot)
                .run(factory);
        assertThat(outcome).isEqualTo(Outcome.succeeded());
        return Files.readString(folder.resolve("a.xlsx.extract.json"))
                .replaceAll("\\s|\"n\":\"x\",?|\"", "")
                .replaceAll("n:x,?", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "General | 1.204 | 1.204",
                "0.000 | 1.204 | 1.204",
                "#,##0 | 1204 | 1204",
                "#,##0.000 | 1204.5 | 1204.500",
                "0.000 | -1.204 | -1.204",
                "#,##0_);(#,##0) | -1204 | -1204",
                "[$-407]#,##0.000 | 1.204 | 1.204",
                "[Red]0.000 | 1.204 | 1.204"
            })
    void texts_with_a_decimal_comma_change_no_number(String format, double value, String expected) throws Exception {
        header().text("139,50").text("1.012,50").text("We pay 12,50 EUR").number(value, format);

        assertThat(extract("'type':'number'")).contains("v:" + expected + "}]");
    }

    @Test
    void numbers_tell_nothing_of_texts() throws Exception {
        header().number(139.5, "0.00").number(1204.5, "#,##0.00").text("1.204");

        assertThat(extract("'type':'number'")).isEqualTo("{c:[{v:139.50},{v:1204.50},{}]}");
        assertThat(OutputFolder.at(folder).problems("a.xlsx"))
                .anyMatch(each -> each.startsWith("c[2].v: found \"1.204\", which may be 1.204 or 1204"));
    }

    @Test
    void a_number_with_decimals_is_no_whole_number() throws Exception {
        header().number(1.204, "General").number(1204, "#,##0");

        assertThat(extract("'type':'integer'")).isEqualTo("{c:[{},{v:1204}]}");
        assertThat(OutputFolder.at(folder).problems("a.xlsx"))
                .containsExactly("c[0].v: found \"1.204\", which is not a whole number");
    }

    @Test
    void a_number_is_one_entry_of_a_list() throws Exception {
        header().number(1204, "#,##0").text("1, 2");

        assertThat(extract("'type':'list','items':'number'")).isEqualTo("{c:[{v:[1204]},{v:[1,2]}]}");
    }

    @Test
    void a_pattern_finds_a_number_within_its_unit() throws Exception {
        header().text("139,50").number(1.204, "0.000 \"kg\"");

        assertThat(extract("'type':'number','pattern':'([0-9.,]+)'")).isEqualTo("{c:[{v:139.50},{v:1.204}]}");
    }

    @Test
    void an_amount_has_its_currency() throws Exception {
        header().text("12,50 EUR").number(1204, "#,##0 \"EUR\"").number(1.204, "0.000 [$€-407]");

        assertThat(extract("'type':'amount'")).isEqualTo("{c:[{v:12.50},{v:1204},{v:1.204}]}");
    }

    @Test
    void a_text_that_looks_like_a_number_cell_of_the_workbook_is_told() throws Exception {
        header().number(1.204, "General").text("1.204").text("1,5");

        assertThat(extract("'type':'number'")).isEqualTo("{c:[{},{},{v:1.5}]}");
        assertThat(OutputFolder.at(folder).problems("a.xlsx")).hasSize(2);
    }

    @Test
    void a_long_number_is_not_rounded() throws Exception {
        header().number(4006381333931d, "General").number(123456789012d, "General");

        assertThat(Parsing.markdown("a.xlsx", bytes())).contains("| 4006381333931 |", "| 123456789012 |");
    }

    @Test
    void an_author_of_a_parser_names_the_numbers() {
        NumberCells cells = NumberCells.of(List.of("1.204", " 1,204 kg", "7"));

        assertThat(cells.contains(" 1.204")).isTrue();
        assertThat(cells.contains("1,204\u00a0kg")).isTrue();
        assertThat(cells.contains("1.205")).isFalse();
        assertThat(new ParsedDocument("", Map.of()).numbers().contains("1.204")).isFalse();
        NumberCells.Builder many = new NumberCells.Builder();
        for (int i = 0; i < 10_000; i++) {
            many.add("0." + i);
        }
        NumberCells built = many.build();
        for (int i = 0; i < 10_000; i++) {
            assertThat(built.contains("0." + i)).isTrue();
            assertThat(built.contains("1." + i)).isFalse();
        }
    }

    @Test
    void formulas_without_a_value_are_told() throws Exception {
        header().number(7, "General");
        cell(1).setCellFormula("B2*2");
        cell(1).setCellFormula("B2=7");

        var document = Parsing.document("a.xlsx", bytes());
        assertThat(document.markdown()).doesNotContain("FALSE");
        assertThat(document.warnings())
                .containsExactly("not calculated: 2 formulas have no stored value, the first at S!B3;"
                        + " open it in a spreadsheet program and save it again");
        workbook.getCreationHelper().createFormulaEvaluator().evaluateAll();
        document = Parsing.document("a.xlsx", bytes());
        assertThat(document.markdown()).contains("| x | 14 |", "| x | TRUE |");
        assertThat(document.warnings()).isEmpty();

        workbook.setForceFormulaRecalculation(true);
        assertThat(Parsing.document("a.xlsx", bytes()).warnings()).isEmpty();

        cell(1).setCellFormula("B2-7");
        cell(1).setCellFormula("\"\"");
        workbook.getCreationHelper().createFormulaEvaluator().evaluateAll();
        assertThat(Parsing.document("a.xlsx", bytes()).warnings())
                .containsExactly(
                        "not calculated: the document wants its formulas to be calculated when it is opened, so that"
                                + " the stored values of 2, which are 0 or empty, may be wrong; open it in a spreadsheet program and save it again");
    }
}
