package io.batchengine.documents.parse;

import static io.batchengine.documents.parse.NoTextTest.office;
import static io.batchengine.documents.parse.NoTextTest.relationships;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Office documents whose parts do not hold what they should are damaged, never empty. */
class OfficeDamageTest {
    private static final String MAIN = "<Types><Override PartName='/m.xml' ContentType='application/vnd.openxmlformats-"
            + "officedocument.%s.main+xml'/></Types>";
    private static final String WORKBOOK =
            "<workbook xmlns:r='r'><sheets><sheet name='A' r:id='s.xml'/></sheets></workbook>";
    private static final String PRESENTATION = "<presentation xmlns:r='r'><sldId r:id='s.xml'/></presentation>";
    private static final String SLIDE = "<sld><cSld><sp><txBody><p><r><t>x</t></r></p></txBody></sp></cSld></sld>";
    private static final String SHEET = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>";

    private static byte[] main(String type, String... namesAndContents) {
        String[] parts = new String[namesAndContents.length + 2];
        parts[0] = "[Content_Types].xml";
        parts[1] = MAIN.replace("%s", type);
        System.arraycopy(namesAndContents, 0, parts, 2, namesAndContents.length);
        return office(parts);
    }

    private static void assertDamaged(String name, byte[] document) {
        assertThat(Parsing.fault(name, document))
                .isNotNull()
                .hasMessageMatching("the (DOCX|PPTX|XLSX) document is damaged and can't be read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<document/>",
                "<document><background/></document>",
                "<document><p><r><t>lost</t></r></p></document>",
                "<document><x><body><p><r><t>lost</t></r></p></body></x></document>",
                "<body><p><r><t>lost</t></r></p></body>",
                "<foo><document><body/></document></foo>",
                "<glossaryDocument><docParts/></glossaryDocument>"
            })
    void a_word_document_without_a_body(String part) {
        assertDamaged("a.docx", main("wordprocessingml.document", "m.xml", part));
    }

    @Test
    void a_word_document_with_an_empty_body_is_blank() throws Exception {
        byte[] document = main("wordprocessingml.document", "m.xml", "<document><body/></document>");

        assertThat(Parsing.markdown("a.docx", document)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"footnotes, <foo/>", "footnotes, <endnotes/>", "endnotes, <document><body/></document>"})
    void notes_of_another_kind(String kind, String part) {
        assertDamaged(
                "a.docx",
                main(
                        "wordprocessingml.document",
                        "m.xml",
                        "<document><body><p><r><t>x</t></r></p></body></document>",
                        "_rels/m.xml.rels",
                        relationships(kind, "n.xml"),
                        "n.xml",
                        part));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<presentation/>",
                "<presentation><sldIdLst/></presentation>",
                "<presentation><sldIdLst><sldid/></sldIdLst></presentation>"
            })
    void a_presentation_that_lists_none_of_its_slides(String part) throws Exception {
        String type = "presentationml.presentation";
        String slides = relationships("slide", "s.xml");
        assertDamaged("a.pptx", main(type, "m.xml", part, "_rels/m.xml.rels", slides, "s.xml", SLIDE));
        assertDamaged("a.pptx", main(type, "m.xml", part, "ppt/slides/slide1.xml", SLIDE));
        assertThat(Parsing.markdown("a.pptx", main(type, "m.xml", part))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<foo/>",
                "<sldMaster/>",
                "<foo><presentation xmlns:r='r'><sldId r:id='s.xml'/></presentation></foo>"
            })
    void a_presentation_of_another_root(String part) {
        assertDamaged(
                "a.pptx",
                main(
                        "presentationml.presentation",
                        "m.xml",
                        part,
                        "_rels/m.xml.rels",
                        relationships("slide", "s.xml"),
                        "s.xml",
                        SLIDE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<sld/>", "<sld><clrMapOvr/></sld>", "<foo/>"})
    void a_slide_without_its_content(String slide) {
        assertDamaged(
                "a.pptx",
                office("m.xml", PRESENTATION, "_rels/m.xml.rels", relationships("slide", "s.xml"), "s.xml", slide));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<workbook/>",
                "<workbook><sheets/></workbook>",
                "<foo/>",
                "<foo><workbook xmlns:r='r'><sheets><sheet name='A' r:id='s.xml'/></sheets></workbook></foo>"
            })
    void a_workbook_without_its_list_of_sheets(String part) {
        assertDamaged(
                "a.xlsx",
                main(
                        "spreadsheetml.sheet",
                        "m.xml",
                        part,
                        "_rels/m.xml.rels",
                        relationships("worksheet", "s.xml"),
                        "s.xml",
                        SHEET));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<worksheet/>",
                "<worksheet><dimension ref='A1'/></worksheet>",
                "<worksheet><row><c><v>1</v></c></row></worksheet>",
                "<chartsheet/>"
            })
    void a_sheet_without_its_cells(String sheet) {
        assertDamaged(
                "a.xlsx",
                office("m.xml", WORKBOOK, "_rels/m.xml.rels", relationships("worksheet", "s.xml"), "s.xml", sheet));
    }

    @Test
    void a_sheet_of_an_unknown_kind_is_read_if_it_is_a_sheet() throws Exception {
        String named = relationships("Worksheet2", "s.xml");

        assertThat(Parsing.markdown("a.xlsx", office("m.xml", WORKBOOK, "_rels/m.xml.rels", named, "s.xml", SHEET)))
                .isEqualTo("## A\n\n1\n");
        assertDamaged("a.xlsx", office("m.xml", WORKBOOK, "_rels/m.xml.rels", named, "s.xml", "<foo/>"));
    }

    @ParameterizedTest
    @CsvSource({"chartsheet, 1 chart", "dialogsheet, 1 dialog sheet", "xlMacrosheet, 1 macro sheet"})
    void a_sheet_that_holds_no_cells_to_read(String kind, String holds) {
        byte[] document =
                office("m.xml", WORKBOOK, "_rels/m.xml.rels", relationships(kind, "s.xml"), "s.xml", "<sheet/>");

        assertThat(Parsing.fault("a.xlsx", document))
                .hasMessage("no text: the XLSX document holds nothing but " + holds);
    }
}
