package io.batchengine.documents.parse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Raised digits stay apart from the number before them, however a document raises them: 99 and a raised 50 are not 9950. */
class RaisedDigitsTest {
    private static final String STYLES = "<styles>"
            + "<style styleId='Cents'><name val='Cents'/><rPr><vertAlign val='superscript'/></rPr></style>"
            + "<style styleId='Child'><basedOn val='Cents'/></style>"
            + "<style styleId='Up'><rPr><position val='6'/></rPr></style>"
            + "<style styleId='Plain'><basedOn val='Cents'/><rPr><vertAlign val='baseline'/></rPr></style></styles>";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <vertAlign val='superscript'/>                        | 99⁵⁰ EUR
            <vertAlign val='subscript'/>                          | 99₅₀ EUR
            <position val='8'/><sz val='19'/>                     | 99⁵⁰ EUR
            <position val='-4'/>                                  | 99₅₀ EUR
            <position val='0'/>                                   | 9950 EUR
            <position val='1'/>                                   | 9950 EUR
            <position val='4pt'/>                                 | 99⁵⁰ EUR
            <vertAlign val='superscript'/><position val='0'/>     | 99⁵⁰ EUR
            <rStyle val='Cents'/>                                 | 99⁵⁰ EUR
            <rStyle val='Child'/>                                 | 99⁵⁰ EUR
            <rStyle val='Up'/>                                    | 99⁵⁰ EUR
            <rStyle val='Plain'/>                                 | 9950 EUR
            <rStyle val='Cents'/><vertAlign val='baseline'/>      | 9950 EUR
            <vertAlign val='baseline'/>                           | 9950 EUR
            """)
    void in_word(String properties, String expected) throws Exception {
        assertThat(Parsing.markdown("a.docx", word("", properties))).isEqualTo(expected + "\n");
    }

    @Test
    void by_the_style_of_a_word_paragraph() throws Exception {
        assertThat(Parsing.markdown("a.docx", word("<pPr><pStyle val='Cents'/></pPr>", "<vertAlign val='baseline'/>")))
                .isEqualTo("⁹⁹50 EUR\n");
    }

    @Test
    void a_word_that_is_moved_as_a_whole_keeps_its_digits() throws Exception {
        byte[] document = NoTextTest.office(
                "m.xml",
                "<document><body><p><r><t xml:space='preserve'>Total: </t></r><r><rPr><position val='4'/></rPr>"
                        + "<t>99</t></r></p></body></document>");

        assertThat(Parsing.markdown("a.docx", document)).isEqualTo("Total: 99\n");
    }

    private static byte[] word(String paragraph, String properties) {
        return NoTextTest.office(
                "m.xml",
                "<document><body><p>" + paragraph + "<r><t>99</t></r><r><rPr>" + properties
                        + "</rPr><t>50</t></r><r><t> EUR</t></r></p></body></document>",
                "_rels/m.xml.rels",
                NoTextTest.relationships("styles", "s.xml"),
                "s.xml",
                STYLES);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            99{\\super 50} EUR                                        | 99⁵⁰ EUR
            99{\\sub 50} EUR                                          | 99₅₀ EUR
            99\\super 50\\nosupersub  EUR                             | 99⁵⁰ EUR
            99\\super 50\\super0  EUR                                 | 99⁵⁰ EUR
            99\\super 50\\plain  EUR                                  | 99⁵⁰ EUR
            99{\\up6 50} EUR                                          | 99⁵⁰ EUR
            99{\\up 50} EUR                                           | 99⁵⁰ EUR
            99{\\dn6 50} EUR                                          | 99₅₀ EUR
            99\\up6 50\\up0  EUR                                      | 99⁵⁰ EUR
            99{\\up0 50} EUR                                          | 9950 EUR
            99{{\\*\\updnprop5801}\\up8 50} EUR                       | 99⁵⁰ EUR
            99{\\cs15 50} EUR                                         | 99⁵⁰ EUR
            99{\\cs16 50} EUR                                         | 9950 EUR
            """)
    void in_rtf(String text, String expected) throws Exception {
        String styles = "{\\stylesheet{\\s0 Normal;}{\\*\\cs15\\super Cents;}{\\*\\cs16\\b Strong;}}";

        assertThat(Parsing.markdown("a.rtf", ("{\\rtf1\\ansi" + styles + text + "\\par}").getBytes(US_ASCII)))
                .isEqualTo(expected + "\n");
    }

    @ParameterizedTest
    @CsvSource({"superscript, 99⁵⁰ EUR", "subscript, 99₅₀ EUR", "baseline, 9950 EUR"})
    void in_a_workbook(String alignment, String expected) throws Exception {
        String text = "<r><t>99</t></r><r><rPr><vertAlign val='" + alignment
                + "'/></rPr><t>50</t></r><r><t xml:space='preserve'> EUR</t></r>";

        assertThat(Parsing.markdown("a.xlsx", workbook("<c t='s'><v>0</v></c>", text)))
                .isEqualTo("## A\n\n" + expected + "\n");
        assertThat(Parsing.markdown("a.xlsx", workbook("<c t='inlineStr'><is>" + text + "</is></c>", "")))
                .isEqualTo("## A\n\n" + expected + "\n");
    }

    private static byte[] workbook(String cell, String shared) {
        return NoTextTest.office(
                "m.xml",
                "<workbook xmlns:r='r'><sheets><sheet name='A' r:id='s.xml'/></sheets></workbook>",
                "_rels/m.xml.rels",
                NoTextTest.relationships("worksheet", "s.xml", "sharedStrings", "t.xml"),
                "s.xml",
                "<worksheet><sheetData><row>" + cell + "</row></sheetData></worksheet>",
                "t.xml",
                "<sst><si>" + shared + "</si></sst>");
    }

    @ParameterizedTest
    @CsvSource({"30000, 99⁵⁰ EUR", "-25000, 99₅₀ EUR", "0, 9950 EUR"})
    void on_a_slide(String baseline, String expected) throws Exception {
        byte[] slides = NoTextTest.office(
                "m.xml",
                "<presentation xmlns:r='r'><sldId r:id='s.xml'/></presentation>",
                "_rels/m.xml.rels",
                NoTextTest.relationships("slide", "s.xml"),
                "s.xml",
                "<sld><cSld><sp><txBody><p><r><t>99</t></r><r><rPr baseline='" + baseline
                        + "'/><t>50</t></r><r><t> EUR</t></r></p></txBody></sp></cSld></sld>");

        assertThat(Parsing.markdown("a.pptx", slides)).contains(expected + "\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            99<sup>50</sup> EUR                                                  | 99⁵⁰ EUR
            99<span style="vertical-align:super">50</span> EUR                   | 99⁵⁰ EUR
            99<span style="color: red; VERTICAL-ALIGN : Super ;">50</span> EUR   | 99⁵⁰ EUR
            99<font style="vertical-align: sub">50</font> EUR                    | 99₅₀ EUR
            99<span style="vertical-align:super"><b>5</b>0</span> EUR            | 99⁵⁰ EUR
            99<span style="vertical-align:top">50</span> EUR                     | 9950 EUR
            99<span style="position:relative; vertical-align:6pt">50</span> EUR  | 99⁵⁰ EUR
            99<span style="vertical-align:-2px">50</span> EUR                    | 99₅₀ EUR
            99<sup>50 EUR</sup>                                                  | 99⁵⁰ EUR
            99<sup>,50</sup>                                                     | 99,50
            99<span style="font-size:60%;vertical-align:top">50</span> EUR       | 99⁵⁰ EUR
            99<span style="vertical-align:0">50</span> EUR                       | 9950 EUR
            """)
    void in_html(String text, String expected) throws Exception {
        assertThat(Parsing.markdown("a.html", "<p>" + text + "</p>")).isEqualTo(expected + "\n");
    }

    @Test
    void in_preformatted_text() throws Exception {
        assertThat(Parsing.markdown("a.html", "<pre>99<sup>50</sup></pre>")).contains("\n99⁵⁰\n");
    }

    @Test
    void an_image_or_a_cell_that_is_aligned_raises_nothing() throws Exception {
        assertThat(Parsing.markdown("a.html", "<table><tr><td style='vertical-align:super'>50<td>60</table>"))
                .contains("50 | 60");
        assertThat(Parsing.markdown("a.html", "<p>99<img alt=5 style='vertical-align:super'>50</p>"))
                .contains("50");
    }
}
