package io.batchengine.documents.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.documents.TestFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents that hold something and no text fail; blank ones do not. */
class NoTextTest {
    static byte[] office(String... namesAndContents) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("_rels/.rels", "<R><Relationship Id='a' Type='x/officeDocument' Target='m.xml'/></R>");
        for (int i = 0; i < namesAndContents.length; i += 2) {
            parts.put(namesAndContents[i], namesAndContents[i + 1]);
        }
        return TestFiles.zip(parts);
    }

    static String relationships(String... kindsAndTargets) {
        StringBuilder out = new StringBuilder("<R>");
        for (int i = 0; i < kindsAndTargets.length; i += 2) {
            out.append("<Relationship Id='")
                    .append(kindsAndTargets[i + 1])
                    .append("' Type='x/")
                    .append(kindsAndTargets[i])
                    .append("' Target='")
                    .append(kindsAndTargets[i + 1])
                    .append("'/>");
        }
        return out + "</R>";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <document><body><p/></body></document>                                                        |
            <document><body><p><r><drawing><blip/></drawing></r></p></body></document>                    | 1 image
            <document><body><p><r><drawing><blip/></drawing><t> </t></r></p></body></document>            | 1 image
            <document><body><p><r><pict><imagedata/></pict><pict><imagedata/></pict></r></p></body></document> | 2 images
            <document><body><p><r><drawing><chart/></drawing><drawing><blip/></drawing></r></p></body></document> | 1 chart, 1 image
            <document><body><p><r><drawing><graphicData><relIds/></graphicData></drawing></r></p></body></document> | 1 drawing
            <document><body><p><r><pict><shape><textpath string='DRAFT'/></shape></pict></r></p></body></document> | 1 drawing
            <document><body><altChunk/><p><r><object><OLEObject/></object></r></p></body></document>      | 2 embedded objects
            <document><body><tbl><tr><tc><p><r><drawing><blip/></drawing></r></p></tc></tr></tbl></body></document> | 1 image
            """)
    void a_word_document(String body, String holds) {
        byte[] document = office("m.xml", body);
        if (holds == null) {
            assertThat(Parsing.fault("a.docx", document)).isNull();
        } else {
            assertThat(Parsing.fault("a.docx", document))
                    .hasMessage("no text: the DOCX document holds nothing but " + holds);
        }
    }

    @Test
    void a_word_document_with_text_beside_an_image_is_read() throws Exception {
        byte[] document =
                office("m.xml", "<document><body><p><r><drawing><blip/></drawing><t>x</t></r></p></body></document>");

        assertThat(Parsing.markdown("a.docx", document)).isEqualTo("x\n");
    }

    @Test
    void a_word_document_with_a_letterhead_alone() {
        byte[] document = office(
                "m.xml",
                "<document><body><p/></body></document>",
                "_rels/m.xml.rels",
                relationships("header", "h.xml", "footer", "f.xml"),
                "h.xml",
                "<hdr><p><r><t>Our company</t></r></p></hdr>",
                "f.xml",
                "<ftr><p><r><t> </t></r></p></ftr>");

        assertThat(Parsing.fault("a.docx", document))
                .hasMessage("no text: the DOCX document holds nothing but 1 header or footer");
    }

    private static byte[] workbook(String cells, String... drawn) {
        return office(
                "m.xml",
                "<workbook xmlns:r='r'><sheets><sheet name='Sheet1' r:id='s.xml'/></sheets></workbook>",
                "_rels/m.xml.rels",
                relationships("worksheet", "s.xml"),
                "s.xml",
                "<worksheet><sheetData>" + cells + "</sheetData></worksheet>",
                "_rels/s.xml.rels",
                drawn.length == 0 ? "<R/>" : relationships("drawing", "d.xml"),
                "d.xml",
                "<wsDr/>",
                "_rels/d.xml.rels",
                relationships(drawn));
    }

    @Test
    void a_workbook_of_charts() throws Exception {
        assertThat(Parsing.fault("a.xlsx", workbook("", "chart", "c.xml", "image", "i.png")))
                .hasMessage("no text: the XLSX document holds nothing but 1 chart, 1 image");
        assertThat(Parsing.markdown("a.xlsx", workbook(""))).isEqualTo("## Sheet1\n");
        assertThat(Parsing.markdown("a.xlsx", workbook("<row><c><v>1</v></c></row>", "chart", "c.xml")))
                .isEqualTo("## Sheet1\n\n1\n");
    }

    @Test
    void a_workbook_of_hidden_sheets() {
        byte[] document = office(
                "m.xml",
                "<workbook xmlns:r='r'><sheets><sheet name='A' state='hidden' r:id='s.xml'/>"
                        + "<sheet name='B' state='veryHidden' r:id='s.xml'/></sheets></workbook>",
                "_rels/m.xml.rels",
                relationships("worksheet", "s.xml"),
                "s.xml",
                "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>");

        assertThat(Parsing.fault("a.xlsx", document))
                .hasMessage("no text: the XLSX document holds nothing but 2 hidden sheets");
    }

    @Test
    void a_workbook_without_one_of_its_sheets_is_damaged() {
        byte[] document = office(
                "m.xml",
                "<workbook xmlns:r='r'><sheets><sheet name='A' r:id='s.xml'/></sheets></workbook>",
                "_rels/m.xml.rels",
                relationships("worksheet", "s.xml"));

        assertThat(Parsing.fault("a.xlsx", document)).hasMessage("the XLSX document is damaged and can't be read");
    }

    @Test
    void parts_that_are_not_what_they_should_be_are_damage() {
        String sheet = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>";
        String book = "<workbook xmlns:r='r'><sheets><sheet name='A' r:id='s.xml'/></sheets></workbook>";
        assertDamaged("a.xlsx", office("m.xml", book, "_rels/m.xml.rels", "<R/>", "s.xml", sheet));
        assertDamaged("a.xlsx", office("m.xml", "<workbook/>"));
        assertDamaged(
                "a.xlsx",
                office("m.xml", book, "_rels/m.xml.rels", relationships("worksheet", "s.xml"), "s.xml", "<foo/>"));
        assertDamaged("a.pptx", office("m.xml", "<presentation xmlns:r='r'><sldId r:id='s.xml'/></presentation>"));
        assertDamaged(
                "a.pptx",
                office(
                        "m.xml",
                        "<presentation xmlns:r='r'><sldId r:id='s.xml'/></presentation>",
                        "_rels/m.xml.rels",
                        relationships("slide", "s.xml"),
                        "s.xml",
                        "<foo/>"));
    }

    private static void assertDamaged(String name, byte[] document) {
        assertThat(Parsing.fault(name, document)).isNotNull().hasMessageContaining("damaged");
    }

    @Test
    void a_part_that_does_not_match_its_checksum_is_damage() {
        byte[] document = office("m.xml", "<document><body><p><r><t>hello</t></r></p></body></document>");
        assertThat(Parsing.fault("a.docx", document)).isNull();
        String bytes = new String(document, ISO_8859_1);
        int directory = bytes.lastIndexOf("PK\u0001\u0002");
        document[directory + 16] ^= 1; // the checksum of the last part

        assertDamaged("a.docx", document);
    }

    @Test
    void an_rtf_document_that_was_cut_off() throws Exception {
        assertThat(Parsing.document("a.rtf", "{\\rtf1 some text".getBytes(US_ASCII))
                        .warnings())
                .containsExactly("damaged: the end of the document is missing, it may have been cut off");
        assertThat(Parsing.fault("a.rtf", "{\\rtf1 {\\fonttbl".getBytes(US_ASCII)))
                .hasMessage("no text: the RTF document holds nothing but 1 cut-off part");
    }

    @Test
    void cells_whose_formats_are_not_there() throws Exception {
        assertThat(Parsing.document("a.xlsx", workbook("<row><c s='3'><v>46086</v></c></row>"))
                        .warnings())
                .containsExactly(
                        "damaged: the formats of cells are not there, so that dates show as numbers; numbers without a format: 1");
    }

    @Test
    void a_workbook_of_text_boxes_or_formulas() {
        byte[] boxes = office(
                "m.xml",
                "<workbook xmlns:r='r'><sheets><sheet name='Sheet1' r:id='s.xml'/></sheets></workbook>",
                "_rels/m.xml.rels",
                relationships("worksheet", "s.xml"),
                "s.xml",
                "<worksheet><sheetData/></worksheet>",
                "_rels/s.xml.rels",
                relationships("drawing", "d.xml"),
                "d.xml",
                "<wsDr><sp><txBody><p><r><t>a</t></r></p></txBody></sp><sp><txBody/></sp></wsDr>");

        assertThat(Parsing.fault("a.xlsx", boxes))
                .hasMessage("no text: the XLSX document holds nothing but 2 text boxes");
        assertThat(Parsing.fault("a.xlsx", workbook("<row><c><f>1+1</f></c><c t='b'><f>A1</f><v/></c></row>")))
                .hasMessage("no text: the XLSX document holds nothing but 2 uncalculated formulas");
        assertThat(Parsing.fault("a.xlsx", workbook("<row><c t='str'><f>\"\"</f><v></v></c></row>")))
                .isNull();
    }

    private static byte[] slide(String content) {
        return office(
                "m.xml",
                "<presentation xmlns:r='r'><sldId r:id='s.xml'/></presentation>",
                "_rels/m.xml.rels",
                relationships("slide", "s.xml"),
                "s.xml",
                "<sld><cSld>" + content + "</cSld></sld>");
    }

    @Test
    void a_presentation_of_images() throws Exception {
        assertThat(Parsing.fault("a.pptx", slide("<pic><blipFill><blip/></blipFill></pic>")))
                .hasMessage("no text: the PPTX document holds nothing but 1 image");
        assertThat(Parsing.fault("a.pptx", slide("<graphicFrame><graphicData><relIds/></graphicData></graphicFrame>")))
                .hasMessage("no text: the PPTX document holds nothing but 1 drawing");
        assertThat(Parsing.fault("a.pptx", slide("<graphicFrame><chart/></graphicFrame>")))
                .hasMessage("no text: the PPTX document holds nothing but 1 chart");
        assertThat(Parsing.markdown("a.pptx", slide("<bg><blipFill><blip/></blipFill></bg>")))
                .isEqualTo("## Slide 1\n");
    }

    private static final String WORDS = "<sp><txBody><p><r><t>x</t></r></p></txBody></sp>";
    private static final String PICTURE = "<pic><blipFill><blip/></blipFill></pic>";

    private static byte[] slides(String... contents) {
        List<String> parts = new ArrayList<>();
        StringBuilder list = new StringBuilder("<presentation xmlns:r='r'>");
        List<String> related = new ArrayList<>();
        for (int i = 0; i < contents.length; i++) {
            list.append("<sldId r:id='s").append(i).append(".xml'/>");
            related.addAll(List.of("slide", "s" + i + ".xml"));
            parts.addAll(List.of("s" + i + ".xml", "<sld><cSld>" + contents[i] + "</cSld></sld>"));
        }
        parts.addAll(List.of("m.xml", list + "</presentation>"));
        parts.addAll(List.of("_rels/m.xml.rels", relationships(related.toArray(String[]::new))));
        return office(parts.toArray(String[]::new));
    }

    @Test
    void slides_of_images_beside_others_are_a_warning() throws Exception {
        String background = "<bg><blipFill><blip/></blipFill></bg>";
        String chart = "<graphicFrame><chart/></graphicFrame>";
        byte[] slides = slides(WORDS, PICTURE, "", background, PICTURE + WORDS, PICTURE + chart, WORDS);

        assertThat(Parsing.document("a.pptx", slides).warnings())
                .containsExactly("no text: 2 of 7 slides hold nothing but 1 chart, 2 images: slide 2, slide 6");
        assertThat(Parsing.document("a.pptx", slides(PICTURE, WORDS)).warnings())
                .containsExactly("no text: 1 of 2 slides holds nothing but 1 image: slide 1");
        assertThat(Parsing.document("a.pptx", slides(WORDS, "", background)).warnings())
                .isEmpty();
    }

    @Test
    void many_slides_of_images_are_named_in_part() throws Exception {
        String[] contents = new String[40];
        Arrays.fill(contents, PICTURE);
        contents[39] = WORDS;

        assertThat(Parsing.document("a.pptx", slides(contents)).warnings())
                .singleElement()
                .asString()
                .startsWith("no text: 39 of 40 slides hold nothing but 39 images: slide 1, slide 2, ")
                .endsWith("slide 20 and 19 more");
    }

    @Test
    void sheets_of_images_beside_others_are_a_warning() throws Exception {
        byte[] document = office(
                "m.xml",
                "<workbook xmlns:r='r'><sheets><sheet name='Data' r:id='a.xml'/><sheet name='A scan' r:id='s.xml'/>"
                        + "<sheet name='Blank' r:id='b.xml'/><sheet name='Plot' r:id='c.xml'/>"
                        + "<sheet name='Old' state='hidden' r:id='b.xml'/></sheets></workbook>",
                "_rels/m.xml.rels",
                relationships("worksheet", "a.xml", "worksheet", "s.xml", "worksheet", "b.xml", "chartsheet", "c.xml"),
                "a.xml",
                "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>",
                "s.xml",
                "<worksheet><sheetData/></worksheet>",
                "b.xml",
                "<worksheet><sheetData/></worksheet>",
                "_rels/s.xml.rels",
                relationships("drawing", "d.xml"),
                "d.xml",
                "<wsDr/>",
                "_rels/d.xml.rels",
                relationships("image", "i.png"));

        assertThat(Parsing.document("a.xlsx", document).warnings())
                .containsExactly("no text: 2 of 4 sheets hold nothing but 1 chart, 1 image: sheet A scan, sheet Plot");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <html><body></body></html>                                 |
            <html><head><title>T</title></head><body> </body></html>   |
            <html><body><img src=a.png width=1 height=1></body></html> |
            <html><body><img src=a.png></body></html>                  | 1 image
            <html><body><svg><text>x</text></svg><iframe></iframe></body></html> | 1 embedded object, 1 image
            <html><frameset cols=50%,50%><frame src=a.html><frame src=b.html></frameset></html> | 2 embedded objects
            <html><body><div id=root></div><script src=app.js></script></body></html> | 1 script
            <html><body><form><input value=x><input type=text value=y></form></body></html> | 2 form fields
            <html><body><form><input><input type=hidden value=x><input value=" "></form></body></html> |
            <html><body><select><option>x</select></body></html>       | 1 form field
            <html><body><template><p>x</p></template></body></html>    | 1 template
            <html><body><math><mi>x</mi></math></body></html>          | 1 formula
            """)
    void a_page(String page, String holds) {
        var fault = Parsing.fault("a.html", page.getBytes(UTF_8));
        if (holds == null) {
            assertThat(fault).isNull();
        } else {
            assertThat(fault).hasMessage("no text: the HTML document holds nothing but " + holds);
        }
    }

    @Test
    void an_image_with_a_description_is_text() throws Exception {
        assertThat(Parsing.markdown("a.html", "<html><body><img src=a.png alt='A cat'></body></html>"))
                .isEqualTo("![A cat](a.png)\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {\\rtf1 \\par}                                                         |
            {\\rtf1 {\\pict\\pngblip 00}}                                            | 1 image
            {\\rtf1 {\\*\\shppict{\\pict\\pngblip 00}}{\\nonshppict{\\pict 00}}}        | 1 image
            {\\rtf1 {\\object\\objemb{\\*\\objdata 00}}}                             | 1 embedded object
            """)
    void an_rtf_document(String text, String holds) {
        var fault = Parsing.fault("a.rtf", text.getBytes(US_ASCII));
        if (holds == null) {
            assertThat(fault).isNull();
        } else {
            assertThat(fault).hasMessage("no text: the RTF document holds nothing but " + holds);
        }
    }

    @Test
    void a_mail_of_attachments_is_a_warning() throws Exception {
        String mail = """
                From: a@b.example
                Subject: scans
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b

                \s
                --b
                Content-Type: image/png; name=a.png

                x
                --b
                Content-Type: image/png; name=b.png

                x
                --b--
                """;

        assertThat(Parsing.document("a.eml", mail.getBytes(US_ASCII)).warnings())
                .isEqualTo(List.of("the mail has no text of its own; attachments are named and not read: 2"));
    }
}
