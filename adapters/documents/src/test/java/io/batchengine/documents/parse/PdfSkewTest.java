package io.batchengine.documents.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that does not stand quite upright is read in its lines. */
class PdfSkewTest {
    private static final String[] LINES = {
        "The quick brown fox jumps over the lazy dog and runs away from it.",
        "Then it comes back, since there is nothing else to do on this day.",
        "In the end both of them sleep below the tree until the rain begins."
    };

    /** Three lines, as one paragraph, turned about a corner of the page. */
    private static String page(double degrees, double jitter) {
        StringBuilder out = new StringBuilder("BT /F1 12 Tf ");
        for (int i = 0; i < LINES.length; i++) {
            double radians = Math.toRadians(degrees + (i - 1) * jitter);
            double cos = Math.cos(radians);
            double sin = Math.sin(radians);
            double x = 100;
            double y = 600 - 14.0 * i;
            double turned = Math.toRadians(degrees);
            out.append(Text.format(
                    "%f %f %f %f %f %f Tm (%s) Tj ",
                    cos,
                    sin,
                    -sin,
                    cos,
                    100 + (x - 100) * Math.cos(turned) - (y - 400) * Math.sin(turned),
                    400 + (x - 100) * Math.sin(turned) + (y - 400) * Math.cos(turned),
                    LINES[i]));
        }
        return out + "ET";
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {0.04, 0.3, 0.5, 1, 2.7, -0.5, -3, 7, 30, 44, 45, 46, 60, 90, 91, 89.3, 135, 180, 181, 270, 268.6
            })
    void lines_that_lean(double degrees) throws Exception {
        assertThat(Parsing.markdown("a.pdf", new RawPdf().page(page(degrees, 0)).bytes()))
                .isEqualTo(String.join(" ", LINES) + "\n");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.4, -0.7, 2})
    void each_line_with_an_angle_of_its_own(double degrees) throws Exception {
        assertThat(Parsing.markdown(
                        "a.pdf", new RawPdf().page(page(degrees, 0.15)).bytes()))
                .isEqualTo(String.join(" ", LINES) + "\n");
    }

    @Test
    void a_stamp_across_the_page_comes_last() throws Exception {
        String stamp = "BT /F1 40 Tf 0.866 0.5 -0.5 0.866 150 450 Tm (NOT PAID) Tj ET ";

        assertThat(Parsing.markdown(
                        "a.pdf", new RawPdf().page(stamp + page(0.5, 0)).bytes()))
                .contains(String.join(" ", LINES))
                .endsWith("NOT PAID\n");
    }
}
