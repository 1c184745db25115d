package io.batchengine.documents.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.documents.TestFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in which Office files say what their main part is. */
class OfficeKindTest {
    private static final String OPEN = "application/vnd.openxmlformats-officedocument.";
    private static final String WORD = OPEN + "wordprocessingml.document.main+xml";
    private static final String TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    private static final String STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/";
    private static final String DOCUMENT =
            "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>Minutes of the Monday call</w:t></w:r></w:p></w:body></w:document>";
    private static final String SHEET = "<worksheet><sheetData><row><c><v>17</v></c></row></sheetData></worksheet>";

    private final Map<String, String> parts = new LinkedHashMap<>();

    private OfficeKindTest types(String entries) {
        parts.put("[Content_Types].xml", "<?xml version='1.0'?><Types>" + entries + "</Types>");
        return this;
    }

    private OfficeKindTest relationship(String base, String target) {
        return part(
                "_rels/.rels",
                "<Relationships><Relationship Id='rId1' Type='" + base + "officeDocument' Target='" + target
                        + "'/></Relationships>");
    }

    private OfficeKindTest part(String name, String content) {
        parts.put(name, content);
        return this;
    }

    private String markdown() throws Exception {
        return Parsing.markdown("a", TestFiles.zip(parts));
    }

    private static String defaultType(String extension, String type) {
        return "<Default Extension='" + extension + "' ContentType='" + type + "'/>";
    }

    private static String override(String part, String type) {
        return "<Override PartName='" + part + "' ContentType='" + type + "'/>";
    }

    @Test
    void a_content_type_by_extension_is_enough() throws Exception {
        types(defaultType("xml", WORD)
                        + defaultType("rels", "application/vnd.openxmlformats-package.relationships+xml"))
                .relationship(TRANSITIONAL, "word/document.xml")
                .part("word/document.xml", DOCUMENT);

        assertThat(markdown()).isEqualTo("Minutes of the Monday call\n");
    }

    @ParameterizedTest
    @CsvSource({
        "word/document.xml, /word/document.xml, word/document.xml",
        "/word/document.xml, /word/document.xml, word/document.xml",
        "./word/document.xml, word/document.xml, word/document.xml",
        "word\\document.xml, /Word/Document.xml, word\\document.xml",
        "word/DOCUMENT.xml, /word/document.XML, Word/document.xml",
        "/main/Text%20body.xml, /main/Text%20body.xml, main/Text body.xml",
        "anything.xml, /anything.xml, anything.xml"
    })
    void names_of_parts_are_the_same_however_they_are_written(String target, String overridden, String entry)
            throws Exception {
        types(defaultType("xml", "application/xml") + override(overridden, WORD.toUpperCase(java.util.Locale.ROOT)))
                .relationship(TRANSITIONAL, target)
                .part(entry, DOCUMENT);

        assertThat(markdown()).isEqualTo("Minutes of the Monday call\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OPEN + "wordprocessingml.document.main+xml",
                OPEN + "wordprocessingml.template.main+xml",
                "application/vnd.ms-word.document.macroEnabled.main+xml",
                "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
                "application/xml",
                "text/xml"
            })
    void templates_and_documents_with_macros_are_read(String type) throws Exception {
        types(defaultType("XML", type))
                .relationship(STRICT, "word/document.xml")
                .part("word/document.xml", DOCUMENT);

        assertThat(markdown()).isEqualTo("Minutes of the Monday call\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OPEN + "spreadsheetml.sheet.main+xml",
                OPEN + "spreadsheetml.template.main+xml",
                "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
            })
    void a_workbook_is_known_by_its_extension_too(String type) throws Exception {
        types(defaultType("xml", type))
                .relationship(STRICT, "xl/workbook.xml")
                .part(
                        "xl/workbook.xml",
                        "<workbook xmlns:r='r'><sheets><sheet name='S' r:id='rId1'/></sheets></workbook>")
                .part(
                        "xl/_rels/workbook.xml.rels",
                        "<Relationships><Relationship Id='rId1' Type='" + STRICT
                                + "worksheet' Target='/xl/Worksheets/Sheet1.xml'/></Relationships>")
                .part("xl/worksheets/sheet1.xml", SHEET);

        assertThat(markdown()).isEqualTo("## S\n\n17\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OPEN + "presentationml.presentation.main+xml",
                OPEN + "presentationml.slideshow.main+xml",
                "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
            })
    void a_presentation_is_known_by_its_extension_too(String type) throws Exception {
        types(defaultType("xml", type))
                .relationship(TRANSITIONAL, "ppt/presentation.xml")
                .part(
                        "ppt/presentation.xml",
                        "<presentation xmlns:r='r'><sldIdLst><sldId id='1' r:id='rId1'/></sldIdLst></presentation>")
                .part(
                        "ppt/_rels/presentation.xml.rels",
                        "<Relationships><Relationship Id='rId1' Type='x/slide' Target='slides/slide1.xml'/></Relationships>")
                .part(
                        "ppt/slides/slide1.xml",
                        "<sld><cSld><sp><txBody><p><r><t>Hello</t></r></p></txBody></sp></cSld></sld>");

        assertThat(markdown()).isEqualTo("## Slide 1\n\nHello\n");
    }

    @Test
    void the_strict_forms_properties_are_read() throws Exception {
        types(defaultType("xml", WORD))
                .part(
                        "_rels/.rels",
                        "<Relationships><Relationship Id='a' Type='" + STRICT
                                + "officeDocument' Target='d.xml'/><Relationship Id='b' Type='" + STRICT
                                + "extendedProperties' Target='app.xml'/></Relationships>")
                .part("d.xml", DOCUMENT)
                .part("app.xml", "<Properties><Company>Ours</Company></Properties>");

        assertThat(Parsing.document("a.docx", TestFiles.zip(parts)).metadata())
                .containsEntry("extended-properties:Company", List.of("Ours"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                WORD + "; charset=utf-8",
                WORD + " ;charset=\"UTF-8\"",
                "Application/VND.openxmlformats-officedocument.WordProcessingML.Document.Main+XML;charset=utf-8",
                "application/xml; charset=utf-8",
                "text/XML;x=y"
            })
    void parameters_of_a_content_type_say_nothing_of_the_kind(String type) throws Exception {
        types(override("/word/document.xml", type))
                .relationship(TRANSITIONAL, "word/document.xml")
                .part("word/document.xml", DOCUMENT);

        assertThat(markdown()).isEqualTo("Minutes of the Monday call\n");
    }

    @ParameterizedTest
    @CsvSource({
        "/word/document.xml, word/document.xml",
        "word/document.xml, word/document.xml",
        "/Word/Document.XML, ./word/document.xml",
        "/body.xml, body.xml",
        "./body.xml, /body.xml"
    })
    void without_a_relationship_the_content_types_name_the_main_part(String overridden, String entry) throws Exception {
        types(defaultType("xml", "application/xml")
                        + override("/styles.xml", OPEN + "wordprocessingml.styles+xml")
                        + override(overridden, WORD + "; charset=utf-8"))
                .part(entry, DOCUMENT);
        assertThat(markdown()).isEqualTo("Minutes of the Monday call\n");

        part("_rels/.rels", "<Relationships/>");
        assertThat(markdown()).isEqualTo("Minutes of the Monday call\n");
    }

    @Test
    void without_relationship_and_content_type_the_usual_name_tells() throws Exception {
        part("Word/document.xml", DOCUMENT);
        assertThat(markdown()).isEqualTo("Minutes of the Monday call\n");

        types(defaultType("xml", WORD));
        assertThat(markdown()).isEqualTo("Minutes of the Monday call\n");
    }

    @Test
    void a_workbook_and_a_presentation_without_a_relationship_are_read() throws Exception {
        types(override("/./XL/Workbook.xml", OPEN + "spreadsheetml.sheet.main+xml;charset=utf-8"))
                .part(
                        "./xl/workbook.xml",
                        "<workbook xmlns:r='r'><sheets><sheet name='S' r:id='rId1'/></sheets></workbook>")
                .part(
                        "./xl/_rels/workbook.xml.rels",
                        "<Relationships><Relationship Id='rId1' Type='" + STRICT
                                + "worksheet' Target='./Worksheets/Sheet1.xml'/></Relationships>")
                .part("./xl/worksheets/sheet1.xml", SHEET);
        assertThat(markdown()).isEqualTo("## S\n\n17\n");

        parts.clear();
        types(override("/ppt/presentation.xml", OPEN + "presentationml.presentation.main+xml; charset=utf-8"))
                .part(
                        "PPT/Presentation.xml",
                        "<presentation xmlns:r='r'><sldIdLst><sldId id='1' r:id='rId1'/></sldIdLst></presentation>")
                .part(
                        "ppt/_rels/presentation.xml.rels",
                        "<Relationships><Relationship Id='rId1' Type='x/slide' Target='slides/slide1.xml'/></Relationships>")
                .part(
                        "ppt/slides/Slide1.xml",
                        "<sld><cSld><sp><txBody><p><r><t>Hello</t></r></p></txBody></sp></cSld></sld>");
        assertThat(markdown()).isEqualTo("## Slide 1\n\nHello\n");
    }

    @ParameterizedTest
    @CsvSource({
        "document.main, <styles/>, word/document.xml",
        "document.main, <workbook/>, xl/workbook.xml",
        "styles, <styles/>, word/styles.xml"
    })
    void other_archives_are_no_office_documents(String type, String content, String entry) {
        types(override("/missing.xml", OPEN + "wordprocessingml." + type + "+xml"));
        part(entry, content);

        assertThat(Parsing.fault("a", TestFiles.zip(parts))).isNotNull();
    }

    @Test
    void a_main_part_that_is_missing_is_damage() {
        types(defaultType("xml", WORD)).relationship(TRANSITIONAL, "word/document.xml");

        assertThat(Parsing.fault("a.docx", TestFiles.zip(parts)))
                .hasMessage("the DOCX file is damaged: its ZIP structure can't be read, or its main part is missing");
    }

    @Test
    void a_binary_workbook_and_a_drawing_are_named() {
        types(defaultType("bin", "application/vnd.ms-excel.sheet.binary.macroEnabled.main"))
                .relationship(TRANSITIONAL, "xl/workbook.bin")
                .part("xl/workbook.bin", "x");
        assertThat(Parsing.fault("a.xlsx", TestFiles.zip(parts)))
                .hasMessage(
                        "the file is named .xlsx but holds a binary Excel workbook (.xlsb), which is not supported; save it as XLSX");
        parts.clear();
        types(override("/visio/document.xml", "application/vnd.ms-visio.drawing.main+xml"))
                .relationship(TRANSITIONAL, "visio/document.xml")
                .part("visio/document.xml", "<VisioDocument/>");
        assertThat(Parsing.fault("a.vsdx", TestFiles.zip(parts)))
                .hasMessage("the file holds a Visio drawing (.vsdx), which is not supported; save it as PDF");
    }
}
