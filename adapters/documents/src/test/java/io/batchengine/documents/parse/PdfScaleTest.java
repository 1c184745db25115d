package io.batchengine.documents.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same lines, 14 points apart and set at 12, whatever matrices lead there. */
class PdfScaleTest {
    private static final String[] LINES = {
        "The quarterly report was filed on time.",
        "Auditors asked for two more invoices.",
        "All of them were sent the same week.",
        "No further questions have been raised."
    };
    private static final String TEXT = String.join("\n", LINES) + "\n";

    /** Draws the lines where each is placed by a pattern of its distances from the left and from the bottom. */
    private static String draw(String before, String line, double left, double bottom, double apart) {
        StringBuilder out = new StringBuilder(before);
        for (String text : LINES) {
            out.append("\nBT ")
                    .append(line.replace("X", String.valueOf(left)).replace("Y", String.valueOf(bottom)))
                    .append(" (")
                    .append(text)
                    .append(") Tj ET");
            bottom -= apart;
        }
        return out.toString();
    }

    private static void assertRead(byte[] pdf) throws Exception {
        assertThat(Parsing.markdown("a.pdf", pdf).replace("  \n", "\n").replace(". ", ".\n"))
                .isEqualTo(TEXT);
        assertThat(Parsing.text("a.pdf", pdf).replace(". ", ".\n")).isEqualTo(TEXT);
    }

    @Test
    void a_page_under_a_scale_as_macos_writes_it() throws Exception {
        assertRead(new RawPdf()
                .page(draw("q .24 0 0 .24 0 0 cm", "/F1 1 Tf 50 0 0 50 X Y Tm", 300, 2916, 58))
                .bytes());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /F1 12 Tf 1 0 0 1 X Y Tm                     | 1 0 0 1 0 0
            /F1 1 Tf 12 0 0 12 X Y Tm                    | 1 0 0 1 0 0
            /F1 1200 Tf .01 0 0 .01 X Y Tm               | 1 0 0 1 0 0
            /F1 12 Tf 1 0 0 -1 X -Y Tm                   | 1 0 0 -1 0 0
            /F1 12 Tf -1 0 0 1 -X Y Tm                   | -1 0 0 1 0 0
            /F1 12 Tf 60 Tz 1 0 0 1 X Y Tm               | 1 0 0 1 0 0
            /F1 12 Tf 140 Tz 1 0 0 1 X Y Tm              | 1 0 0 1 0 0
            /F1 .0012 Tf 1 0 0 1 X Y Tm                  | 1 0 0 1 0 0
            """)
    void other_matrices_that_give_the_same_size(String line, String matrix) throws Exception {
        String scale = line.contains(".0012") ? "10000 0 0 10000 0 0" : matrix;
        double by = line.contains(".0012") ? 10_000 : 1;
        assertRead(new RawPdf()
                .page(draw("q " + scale + " cm", line, 72 / by, 700 / by, 14 / by))
                .bytes());
    }

    @ParameterizedTest
    @CsvSource({"90", "180", "270"})
    void pages_that_are_shown_turned(String rotation) throws Exception {
        assertRead(new RawPdf()
                .page(
                        RawPdf.FONT,
                        "/Rotate " + rotation,
                        draw("q .24 0 0 .24 0 0 cm", "/F1 1 Tf 50 0 0 50 X Y Tm", 300, 2916, 58))
                .bytes());
    }

    @Test
    void text_that_is_drawn_turned_under_a_scale() throws Exception {
        for (String turn : new String[] {"0 .24 -.24 0 612 0", "-.24 0 0 -.24 612 792", "0 -.24 .24 0 0 792"}) {
            assertRead(new RawPdf()
                    .page(
                            RawPdf.FONT,
                            "/Rotate 90",
                            draw("q " + turn + " cm", "/F1 1 Tf 50 0 0 50 X Y Tm", 300, 2400, 58))
                    .bytes());
        }
    }

    @Test
    void text_that_is_mirrored() throws Exception {
        assertRead(new RawPdf()
                .page(draw("q -1 0 0 1 612 0 cm", "/F1 12 Tf 1 0 0 1 X Y Tm", 72, 700, 14))
                .bytes());
        assertRead(new RawPdf()
                .page(draw("q 1 0 0 -1 0 792 cm", "/F1 12 Tf 1 0 0 1 X Y Tm", 72, 700, 14))
                .bytes());
    }

    @Test
    void a_scale_that_is_a_forms_matrix() throws Exception {
        RawPdf pdf = new RawPdf();
        int form = pdf.form(
                "/Matrix[.24 0 0 .24 0 0]/Resources<<" + RawPdf.FONT + ">>",
                draw("", "/F1 50 Tf 1 0 0 1 X Y Tm", 300, 2916, 58));
        assertRead(pdf.page("/XObject<</X " + form + " 0 R>>", "", "/X Do").bytes());
    }

    @Test
    void a_page_in_large_units() throws Exception {
        assertRead(new RawPdf()
                .page(RawPdf.FONT, "/UserUnit 100", draw("", "/F1 .12 Tf 1 0 0 1 X Y Tm", .72, 7, .14))
                .bytes());
    }

    @Test
    void a_font_whose_letters_are_drawn_in_large_units() throws Exception {
        RawPdf pdf = new RawPdf();
        int letter = pdf.stream("", "600 0 d0 0 0 500 700 re f");
        StringBuilder names = new StringBuilder();
        StringBuilder letters = new StringBuilder();
        for (char c = 'A'; c <= 'Z'; c++) {
            names.append('/').append(c);
            letters.append('/').append(c).append(' ').append(letter).append(" 0 R");
        }
        int font = pdf.add("<</Type/Font/Subtype/Type3/FontBBox[0 0 600 700]/FontMatrix[.02 0 0 .02 0 0]/FirstChar 65"
                + "/LastChar 90/Widths[" + "600 ".repeat(26) + "]/CharProcs<<" + letters
                + ">>/Encoding<</Type/Encoding/Differences[65" + names + "]>>>>");
        pdf.page("/Font<</F1 " + font + " 0 R>>", "", "BT /F1 1 Tf 50 700 Td (FIRST) Tj 0 -18 Td (SECOND) Tj ET");

        assertThat(Parsing.text("a.pdf", pdf.bytes())).isEqualToIgnoringWhitespace("FIRST SECOND");
    }
}
