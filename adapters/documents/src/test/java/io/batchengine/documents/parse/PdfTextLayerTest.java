package io.batchengine.documents.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.Text;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that show something and have no text. */
class PdfTextLayerTest {
    private static final String SCAN = "q 612 0 0 792 0 0 cm /Im0 Do Q";
    private static final String TEXT = "BT /F1 12 Tf 72 700 Td (Some text) Tj ET";

    private final RawPdf pdf = new RawPdf();
    private final int image = pdf.image();

    private PdfTextLayerTest page(String content) {
        pdf.page(RawPdf.FONT + "/XObject<</Im0 " + image + " 0 R>>", "", content);
        return this;
    }

    private PdfTextLayerTest pages(int count, String content) {
        for (int i = 0; i < count; i++) {
            page(content);
        }
        return this;
    }

    private String fault() {
        return String.valueOf(Parsing.fault("a.pdf", pdf.bytes()).getMessage());
    }

    private List<String> warnings() throws Exception {
        return Parsing.document("a.pdf", pdf.bytes()).warnings();
    }

    @Test
    void a_scan_without_text_fails() {
        pages(3, SCAN);

        assertThat(fault()).isEqualTo("no text layer: 3 pages are images; run OCR on the document first");
    }

    @Test
    void a_scan_of_one_page_in_strips_fails() {
        page("q 612 0 0 20 0 700 cm /Im0 Do Q q 612 0 0 20 0 720 cm /Im0 Do Q");

        assertThat(fault()).startsWith("no text layer: 1 page is an image;");
    }

    @Test
    void a_scan_in_an_inline_image_or_a_form_fails() {
        page("q 612 0 0 792 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q");
        int form = pdf.form("/Resources<</XObject<</Im0 " + image + " 0 R>>>>", SCAN);
        pdf.page("/XObject<</X " + form + " 0 R>>", "", "/X Do");
        page("");

        assertThat(fault()).startsWith("no text layer: 2 pages are images;");
    }

    @Test
    void some_such_pages_are_a_warning() throws Exception {
        page(TEXT).pages(3, SCAN).page(TEXT).page("").page(SCAN);

        assertThat(warnings()).containsExactly("no text layer: 4 pages are images of 7: page 2-4, 7");
        assertThat(Parsing.markdown("a.pdf", pdf.bytes())).isEqualTo("Some text\n\nSome text\n");
    }

    @Test
    void a_scan_with_invisible_text_is_read() throws Exception {
        page(SCAN + " BT 3 Tr /F1 12 Tf 72 700 Td (Some text) Tj ET");

        assertThat(Parsing.document("a.pdf", pdf.bytes()).markdown()).isEqualTo("Some text\n");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void a_scan_with_a_page_number_is_a_scan() throws Exception {
        String number = " BT /F1 9 Tf 300 20 Td (Page 3 of 12) Tj ET";
        page(SCAN + number).page(SCAN);
        assertThat(fault()).isEqualTo("no text layer: 2 pages are images; run OCR on the document first");

        page(TEXT);
        assertThat(warnings())
                .containsExactly(
                        "no text layer: 1 page is an image of 3: page 2",
                        "hardly any text: 1 page is an image with a few letters of 3: page 1");
    }

    @Test
    void a_poster_is_read_and_told() throws Exception {
        page(SCAN + " BT /F1 40 Tf 72 700 Td (Come to the garden party on Saturday) Tj ET");

        assertThat(Parsing.markdown("a.pdf", pdf.bytes())).contains("Come to the garden party");
        assertThat(warnings()).containsExactly("hardly any text: 1 page is an image with a few letters of 1: page 1");
    }

    @Test
    void text_on_a_background_image_is_text() throws Exception {
        page(SCAN + " BT /F1 12 Tf 14 TL 72 700 Td " + "(A line of a letter on headed paper) Tj T* ".repeat(4) + "ET");

        assertThat(warnings()).isEmpty();
    }

    @Test
    void blank_pages_are_no_trouble() throws Exception {
        page("").page("BT /F1 12 Tf 72 700 Td (  ) Tj ET").page("72 72 m 540 72 l S");
        assertThat(Parsing.document("a.pdf", pdf.bytes()).markdown()).isEmpty();
        assertThat(warnings()).isEmpty();

        page(TEXT);
        assertThat(new RawPdf().page(TEXT).page("").bytes())
                .satisfies(bytes ->
                        assertThat(Parsing.document("a.pdf", bytes).warnings()).isEmpty());
    }

    @Test
    void an_ornament_is_no_scan() throws Exception {
        page("q 30 0 0 30 290 20 cm /Im0 Do Q").page(TEXT);

        assertThat(warnings()).isEmpty();
    }

    @Test
    void letters_that_are_drawn_as_outlines_are_told() throws Exception {
        String outlines = "0 0 m 5 5 l 5 0 l f ".repeat(100);
        page(outlines);
        assertThat(fault()).startsWith("no text layer: 1 page is a drawing;");

        page(TEXT);
        assertThat(warnings()).containsExactly("no text layer: 1 page is a drawing of 2: page 1");
    }

    @Test
    void letters_without_a_meaning_are_told() {
        int descendant = pdf.add("<</Type/Font/Subtype/CIDFontType2/BaseFont/Abc/CIDSystemInfo<</Registry(Adobe)"
                + "/Ordering(Identity)/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/Abc/Flags 4>>>>");
        int font = pdf.add("<</Type/Font/Subtype/Type0/BaseFont/Abc/Encoding/Identity-H/DescendantFonts[" + descendant
                + " 0 R]>>");
        pdf.page("/Font<</F1 " + font + " 0 R>>", "", "BT /F1 12 Tf 72 700 Td <000100020003> Tj ET");

        assertThat(fault())
                .startsWith("no text layer: 1 page is text in fonts that do not say which letters they draw;");
    }

    @Test
    void a_form_that_was_filled_in_is_not_blank() {
        pdf.page("", "/Annots[<</Type/Annot/Subtype/Widget/FT/Tx/V(17)/Rect[10 10 90 30]>>]", "");

        assertThat(fault()).startsWith("no text layer: 1 page is form fields or notes;");
    }

    @ParameterizedTest
    @CsvSource({
        "/AcroForm<</XFA(x)/Fields[]>>, true",
        "/AcroForm<</XFA[(form)(x)]>>, true",
        "/AcroForm<</XFA(x)/Fields[3 0 R]>>/NeedsRendering true, true",
        "/AcroForm<</XFA(x)/Fields[3 0 R]>>, false",
        "/AcroForm<</Fields[]>>, false",
        "/AcroForm 99 0 R, false"
    })
    void a_form_that_is_not_drawn_on_its_pages_is_told(String catalogue, boolean told) throws Exception {
        pdf.catalogue(catalogue);
        pdf.page("BT /F1 12 Tf 72 700 Td (Please wait) Tj ET");

        assertThat(warnings()).hasSize(told ? 1 : 0).allMatch(each -> each.contains("is an XFA form"));
    }

    /** A page whose fonts map letters by this. */
    private PdfTextLayerTest mapped(String map, String text) {
        int toUnicode = pdf.stream("", map);
        int font = pdf.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode " + toUnicode + " 0 R>>");
        pdf.page("/Font<</F1 " + font + " 0 R>>", "", "BT /F1 12 Tf 72 700 Td (" + text + ") Tj ET");
        return this;
    }

    @ParameterizedTest
    @ValueSource(strings = {"0020", "003F", "FFFD", "0000", "00A0", "200B", "00AD", "002E", "0058", "003F003F"})
    void letters_that_all_mean_the_same_are_told(String code) throws Exception {
        StringBuilder map = new StringBuilder("1 begincodespacerange <00> <ff> endcodespacerange 90 beginbfchar ");
        for (int c = 33; c < 123; c++) {
            map.append(Text.format("<%02x> <%s> ", c, code));
        }
        map.append("endbfchar");
        mapped(map.toString(), "A long line of ink without a meaning. ".repeat(5));
        assertThat(fault()).startsWith("no text layer: 1 page is text in fonts that do not say");

        page(TEXT);
        assertThat(warnings())
                .containsExactly(
                        "no text layer: 1 page is text in fonts that do not say which letters they draw of 2: page 1");
    }

    @Test
    void nearly_all_letters_that_mean_the_same_are_told() {
        StringBuilder map = new StringBuilder("1 begincodespacerange <00> <ff> endcodespacerange 90 beginbfchar ");
        for (int c = 33; c < 123; c++) {
            map.append(Text.format("<%02x> <%04x> ", c, c == 'k' ? c : '?'));
        }
        mapped(map + "endbfchar", "A long line of ink without a meaning. ".repeat(5));

        assertThat(fault()).startsWith("no text layer: 1 page is text in fonts that do not say");
    }

    @ParameterizedTest
    @CsvSource({
        "What??????????????????",
        "'a   b                                 '",
        "...................................."
    })
    void signs_that_are_repeated_are_text(String text) throws Exception {
        page("BT /F1 12 Tf 72 700 Td (" + text + ") Tj ET");

        assertThat(warnings()).isEmpty();
    }

    private int pattern(String resources, String content) {
        return pdf.stream(
                "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 612 792]/XStep 612/YStep 792/Resources<<"
                        + resources + ">>",
                content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Pattern cs /P0 scn 0 0 612 792 re f",
                "q /Pattern cs /P0 scn q 1 0 0 1 0 0 cm 0 0 m 612 0 l 612 792 l 0 792 l h f* Q Q",
                "q 612 0 0 792 0 0 cm /Pattern cs /P0 scn 0 0 1 1 re B Q",
                "/Pattern cs /P1 scn 0 0 612 792 re f",
                "/Pattern cs /P2 scn 0 0 612 792 re f",
                "/GS0 gs 0 g 0 0 612 792 re f",
                "q /GS0 gs q 612 0 0 792 0 0 cm 0 g 0 0 1 1 re f Q Q"
            })
    void a_scan_that_fills_a_shape_is_an_image(String content) {
        String images = "/XObject<</Im0 " + image + " 0 R>>";
        int form = pdf.form("/Resources<<" + images + ">>", SCAN);
        int direct = pattern(images, SCAN);
        int nested = pattern("/XObject<</X " + form + " 0 R>>", "/X Do");
        int inline = pattern("", "q 612 0 0 792 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q");
        pdf.page(
                RawPdf.FONT + "/Pattern<</P0 " + direct + " 0 R/P1 " + nested + " 0 R/P2 " + inline
                        + " 0 R>>/ExtGState<</GS0<</SMask<</S/Luminosity/G " + form + " 0 R>>>>>>",
                "",
                content);

        assertThat(fault()).startsWith("no text layer: 1 page is an image;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Pattern cs /P0 scn 0 g 0 0 612 792 re f",
                "q /Pattern cs /P0 scn Q 0 0 612 792 re f",
                "/Pattern cs /P0 scn 0 0 612 792 re n",
                "/Pattern cs /P0 scn 0 0 612 792 re W n 0 0 50 50 re f",
                "/Pattern cs /P1 scn 0 0 612 792 re f",
                "/GS0 gs /GS1 gs 0 0 612 792 re f"
            })
    void shapes_that_show_no_image_are_no_scan(String content) throws Exception {
        int direct = pattern("/XObject<</Im0 " + image + " 0 R>>", SCAN);
        int lines = pattern("", "0 0 m 5 5 l S");
        int form = pdf.form("/Resources<</XObject<</Im0 " + image + " 0 R>>>>", SCAN);
        pdf.page(
                RawPdf.FONT + "/Pattern<</P0 " + direct + " 0 R/P1 " + lines + " 0 R>>/ExtGState<</GS0<</SMask<</G "
                        + form + " 0 R>>>>/GS1<</SMask/None>>>>",
                "",
                content);
        page(TEXT);

        assertThat(warnings()).isEmpty();
    }

    @Test
    void a_scan_of_many_small_images_is_an_image() {
        StringBuilder content = new StringBuilder();
        for (int i = 0; i < 80; i++) {
            content.append(Text.format("q 62 0 0 100 %d %d cm /Im0 Do Q ", i % 10 * 61, i / 10 * 99));
        }
        page(content.toString());
        page(content.toString().replace("/Im0 Do", "BI /W 1 /H 1 /CS /G /BPC 8 ID x EI"));

        assertThat(fault()).startsWith("no text layer: 2 pages are images;");
    }
}
