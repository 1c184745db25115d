package io.batchengine.documents.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PDF documents of some hundred bytes that stand for more work than there is time. Each ends soon, and is told what it is. */
class PdfHostileTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String TEXT = "BT /F1 12 Tf 72 700 Td (Some text) Tj ET ";

    private static String fault(RawPdf pdf) {
        return assertTimeoutPreemptively(
                SOON, () -> String.valueOf(Parsing.fault("a.pdf", pdf.bytes()).getMessage()));
    }

    private static String text(RawPdf pdf) {
        return assertTimeoutPreemptively(SOON, () -> Parsing.text("a.pdf", pdf.bytes()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/Group<</S/Transparency>>"})
    void a_form_that_draws_itself(String group) {
        RawPdf pdf = new RawPdf();
        pdf.form(group + "/Resources<</XObject<</X 4 0 R>>>>", "/X Do /X Do");
        pdf.page("/XObject<</X 4 0 R>>", "", "/X Do");

        assertThat(pdf.bytes()).hasSizeLessThan(1_000);
        assertThat(fault(pdf)).contains("one of its forms draws itself");
    }

    @Test
    void forms_that_draw_one_another_in_a_circle() {
        RawPdf pdf = new RawPdf();
        pdf.form("/Resources<</XObject<</X 5 0 R>>>>", "/X Do /X Do");
        pdf.form("/Resources<</XObject<</X 4 0 R>>>>", "/X Do /X Do");
        pdf.page("/XObject<</X 4 0 R>>", "", "/X Do");

        assertThat(fault(pdf)).contains("one of its forms draws itself");
    }

    @Test
    void forms_that_each_draw_the_next_one_twice() {
        RawPdf pdf = new RawPdf();
        int next = pdf.form("", "");
        for (int i = 0; i < 28; i++) {
            next = pdf.form("/Resources<</XObject<</X " + next + " 0 R>>>>", "/X Do /X Do");
        }
        pdf.page("/XObject<</X " + next + " 0 R>>", "", "/X Do");

        assertThat(fault(pdf)).contains("draws forms within forms more than 100,000 times");
    }

    @Test
    void forms_that_are_nested_deeply() {
        RawPdf pdf = new RawPdf();
        int next = pdf.form("", "");
        for (int i = 0; i < 40; i++) {
            next = pdf.form("/Resources<</XObject<</X " + next + " 0 R>>>>", "/X Do");
        }
        pdf.page("/XObject<</X " + next + " 0 R>>", "", "/X Do");

        assertThat(fault(pdf)).contains("nested more than 30 deep");
    }

    @Test
    void letters_stamps_and_patterns_that_draw_themselves_are_not_drawn() {
        RawPdf pdf = new RawPdf();
        int self = pdf.form("/Resources<</XObject<</X 4 0 R>>>>", "/X Do /X Do");
        int letter = pdf.stream("", "600 0 d0 /X Do /X Do");
        int font = pdf.add("<</Type/Font/Subtype/Type3/FontBBox[0 0 600 700]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 65"
                + "/LastChar 65/Widths[600]/CharProcs<</A " + letter + " 0 R>>/Encoding<</Differences[65/A]>>"
                + "/Resources<</XObject<</X " + self + " 0 R>>>>>>");
        int pattern = pdf.stream(
                "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 1/YStep 1/Resources<</Pattern<</P "
                        + (font + 1) + " 0 R>>>>",
                "/Pattern cs /P scn 0 0 1 1 re f");
        pdf.page(
                "/Font<</F1 3 0 R/F2 " + font + " 0 R>>/Pattern<</P " + pattern + " 0 R>>",
                "/Annots[<</Type/Annot/Subtype/Stamp/Rect[0 0 9 9]/AP<</N " + self + " 0 R>>>>]",
                TEXT + "/Pattern cs /P scn 0 0 9 9 re f BT /F2 12 Tf 72 600 Td (A) Tj ET");

        assertThat(text(pdf)).contains("Some text");
    }

    @Test
    void a_page_tree_that_is_a_circle() {
        assertThat(fault(new RawPdf().tree("<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>")))
                .contains("it has no pages");
    }

    @Test
    void page_trees_that_each_hold_the_next_one_twice() {
        RawPdf pdf = new RawPdf();
        int content = pdf.stream("", TEXT);
        int next = pdf.add(
                "<</Type/Page/MediaBox[0 0 612 792]/Resources<<" + RawPdf.FONT + ">>/Contents " + content + " 0 R>>");
        for (int i = 0; i < 30; i++) {
            next = pdf.add("<</Type/Pages/Count " + (2L << i) + "/Kids[" + next + " 0 R " + next + " 0 R]>>");
        }
        pdf.tree("<</Type/Pages/Kids[" + next + " 0 R]/Count 2147483647>>");

        assertThat(text(pdf)).startsWith("Some text\n").hasSizeLessThan(100);
    }

    private static RawPdf withMap(String key, String ranges) {
        RawPdf pdf = new RawPdf();
        int map = pdf.stream(
                "",
                "/CIDInit/ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000><ffff> endcodespacerange\n"
                        + ranges + " endcmap end end");
        int font = pdf.add("<</Type/Font/Subtype/Type0/BaseFont/Foo/DescendantFonts[" + cidFont(pdf, "") + " 0 R]/"
                + key + " " + map + " 0 R" + (key.equals("Encoding") ? "" : "/Encoding/Identity-H") + ">>");
        return pdf.page("/Font<</F1 3 0 R/F2 " + font + " 0 R>>", "", TEXT + "BT /F2 9 Tf 72 600 Td <0041> Tj ET");
    }

    private static int cidFont(RawPdf pdf, String entries) {
        int descriptor = pdf.add("<</Type/FontDescriptor/FontName/Foo/Flags 4/FontBBox[0 0 1000 1000]/Ascent 800>>");
        return pdf.add(
                "<</Type/Font/Subtype/CIDFontType2/BaseFont/Foo/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
                        + "/Supplement 0>>/FontDescriptor " + descriptor + " 0 R/DW 500" + entries + ">>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ToUnicode", "Encoding"})
    void a_map_of_letters_that_covers_all_codes_again_and_again(String key) {
        String section = "100 beginbfrange " + "<0000> <ffff> <0041>\n".repeat(100) + "endbfrange\n";

        assertThat(fault(withMap(key, section)))
                .contains("the " + key + " of a font of the PDF document has ranges of more than 1,000,000 codes");
        assertThat(fault(withMap(key, "(%[)" + section))).contains("ranges of more than 1,000,000 codes");
        assertThat(fault(withMap(key, "1 beginbfrange <00000000> <7fffffff> <00000000> endbfrange")))
                .contains("ranges of more than 1,000,000 codes");
    }

    @Test
    void a_map_of_letters_of_too_many_bytes() {
        assertThat(fault(withMap("ToUnicode", " ".repeat(9 << 20)))).contains("has more than 8,388,608 bytes");
    }

    @Test
    void a_map_of_letters_that_covers_all_codes_is_read() {
        assertThat(text(withMap("ToUnicode", "1 beginbfrange <0000> <ffff> <0000> endbfrange")))
                .contains("Some text", "A");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/W[0 2147483646 500]", "/W[-2147483648 2147483647 500]", "/W2[0 2147483646 -1000 250 772]"})
    void widths_of_codes_that_no_font_has(String widths) {
        RawPdf pdf = new RawPdf();
        int font = pdf.add("<</Type/Font/Subtype/Type0/BaseFont/Foo/Encoding/Identity-H/DescendantFonts["
                + cidFont(pdf, widths) + " 0 R]>>");
        pdf.page("/Font<</F1 3 0 R/F2 " + font + " 0 R>>", "", TEXT + "BT /F2 9 Tf 72 600 Td <0041> Tj ET");

        assertThat(fault(pdf)).contains("a font of the PDF document has the codes", "the limit is 0 to 65535");
        RawPdf other = new RawPdf();
        int state = other.add("<</Type/ExtGState/Font[<</Type/Font/Subtype/Type0/BaseFont/Foo/Encoding/Identity-H"
                + "/DescendantFonts[" + cidFont(other, widths) + " 0 R]>> 9]>>");
        other.page(RawPdf.FONT + "/ExtGState<</G " + state + " 0 R>>", "", TEXT + "/G gs");
        assertThat(fault(other)).contains("the limit is 0 to 65535");
    }

    @Test
    void widths_of_all_codes_again_and_again() {
        RawPdf pdf = new RawPdf();
        int font = pdf.add("<</Type/Font/Subtype/Type0/BaseFont/Foo/Encoding/Identity-H/DescendantFonts["
                + cidFont(pdf, "/W[" + "0 65535 500 ".repeat(1_000) + "]") + " 0 R]>>");
        pdf.page("/Font<</F1 3 0 R/F2 " + font + " 0 R>>", "", TEXT + "BT /F2 9 Tf 72 600 Td <0041> Tj ET");

        assertThat(fault(pdf)).contains("the W of a font of the PDF document has ranges of more than 1,000,000 codes");
    }

    @Test
    void graphics_states_that_are_nested_without_end() {
        assertThat(fault(new RawPdf().page("q ".repeat(20_000) + TEXT)))
                .contains("graphics states are nested more than the limit of 10,000 deep");
        RawPdf forms = new RawPdf();
        int inner = forms.form("", "q ".repeat(6_000));
        int outer = forms.form("/Resources<</XObject<</X " + inner + " 0 R>>>>", "q ".repeat(6_000) + "/X Do");
        forms.page("/XObject<</X " + outer + " 0 R>>", "", "/X Do");
        assertThat(fault(forms)).contains("nested more than the limit of 10,000 deep");
        assertThat(text(new RawPdf().page("q ".repeat(5_000) + TEXT))).isEqualTo("Some text\n");
    }

    @Test
    void forms_of_many_operators_that_are_drawn_again_and_again() {
        RawPdf pdf = new RawPdf();
        int inner = pdf.form("", "q Q ".repeat(20_000));
        int outer = pdf.form("/Resources<</XObject<</X " + inner + " 0 R>>>>", "/X Do ".repeat(5_000));
        pdf.page("/XObject<</X " + outer + " 0 R>>", "", "/X Do ".repeat(5_000));

        assertThat(fault(pdf)).contains("draws more than the limit of 5,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"q Q ", "1 2 3 4 5 6 7 8 9 "})
    void a_page_that_is_listed_again_and_again(String content) {
        RawPdf pdf = new RawPdf();
        int stream = pdf.stream("", TEXT + content.repeat(200_000 / content.length()));
        int page = pdf.add(
                "<</Type/Page/MediaBox[0 0 612 792]/Resources<<" + RawPdf.FONT + ">>/Contents " + stream + " 0 R>>");
        pdf.tree("<</Type/Pages/Kids[" + (page + " 0 R ").repeat(3_000) + "]/Count 3000>>");

        assertThat(fault(pdf)).contains("operators and letters for a file of its size");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/W[0 0 0]/Index[0 2147483647]",
                "/W [ 0 %comment\n 0.5 0 ] /Size 2147483647",
                "/#57[1 1 -2]/Size 2147483647",
            })
    void a_cross_reference_stream_whose_entries_have_no_bytes(String claim) {
        assertThat(fault("/Type/XRef" + claim, "abc")).contains("its cross-reference stream has entries of no bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/W[1 1 1]/Index[0 2147483647]",
                "/W[1 1 1]/Size 2147483647",
                "/W[1 0 0]/Index[0 9 20 9999999]/X(%s)",
            })
    void a_cross_reference_stream_that_lists_more_objects_than_a_file_of_its_size_has(String claim) {
        assertThat(fault(claim.replace("%s", "x".repeat(5_000)), "\1\1\1".repeat(2_500_000)))
                .contains("its", "cross-reference stream lists more than the limit of 10");
    }

    /** What is wrong with a PDF whose cross-reference stream has these entries. */
    private static String fault(String entries, String data) {
        Deflater deflater = new Deflater();
        deflater.setInput(data.getBytes(ISO_8859_1));
        deflater.finish();
        byte[] buffer = new byte[data.length() + 100];
        String compressed = new String(buffer, 0, deflater.deflate(buffer), ISO_8859_1);
        deflater.end();
        String objects =
                "%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n";
        String pdf = objects + "9 0 obj<<" + entries + "/Root 1 0 R/Filter/FlateDecode/Length " + compressed.length()
                + ">>stream\n" + compressed + "\nendstream endobj\nstartxref\n" + objects.length() + "\n%%EOF";
        return assertTimeoutPreemptively(
                SOON,
                () -> String.valueOf(
                        Parsing.fault("a.pdf", pdf.getBytes(ISO_8859_1)).getMessage()));
    }

    @Test
    void a_page_with_more_letters_than_fit() {
        assertThat(fault(new RawPdf()
                        .page("BT /F1 12 Tf 72 700 Td " + ("(" + "x".repeat(1_000) + ") Tj ").repeat(1_100) + "ET")))
                .contains("a page of the PDF document has more than 1,000,000 letters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/N 2147483647/First 8", "/N -1/First 8", "/N 2147483647/First 2147483647", "/N 1/First -9"})
    void an_object_stream_that_claims_any_number_of_objects(String claim) {
        RawPdf pdf = new RawPdf().page(TEXT);
        pdf.stream("/Type/ObjStm" + claim, "90 0 91 0 <<>> <<>>");
        String damaged = new String(pdf.bytes(), ISO_8859_1).replaceFirst("startxref\n[0-9]+", "startxref\n7");

        String markdown = assertTimeoutPreemptively(SOON, () -> Parsing.text("a.pdf", damaged.getBytes(ISO_8859_1)));
        assertThat(markdown).isEqualTo("Some text\n");
    }
}
