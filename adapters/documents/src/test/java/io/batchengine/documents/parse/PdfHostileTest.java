package io.batchengine.documents.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PDF documents of some hundred bytes that stand for more work than there is time. Each ends soon, and is told what it is. */
class PdfHostileTest {
    private static final Duration SOON = Duration.ofSeconds(20);
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

    @Test
    void a_map_of_letters_that_covers_all_codes_again_and_again() {
        RawPdf pdf = new RawPdf();
        int map = pdf.stream(
                "",
                "/CIDInit/ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000><ffff> endcodespacerange\n"
                        + "100 beginbfrange " + "<0000><ffff><0041>\n".repeat(100_000) + "endbfrange endcmap end end");
        int font = pdf.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode " + map + " 0 R>>");
        pdf.page("/Font<</F1 " + font + " 0 R>>", "", TEXT);

        assertThat(text(pdf)).isNotBlank();
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
