package io.batchengine.documents.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.documents.ParsedDocument;
import java.util.List;
import org.junit.jupiter.api.Test;

class PdfTest {
    @Test
    void headings_paragraphs_links_and_lists_are_told_by_the_look() throws Exception {
        try (Pdfs pdf = new Pdfs()) {
            pdf.bold(50, 60, 22, "The title");
            pdf.text(50, 90, 11, "A first line that goes on to the right edge of the page, as running text would do;");
            pdf.text(50, 104, 11, "the second one ends early.");
            pdf.text(50, 130, 11, "See ")
                    .link(75, 130, 11, "the site", "https://e.example/a")
                    .text(118, 130, 11, "now.");
            pdf.bold(50, 165, 15, "Points");
            pdf.text(50, 190, 11, "\u2022 one")
                    .text(70, 204, 11, "\u2013 deeper")
                    .text(50, 218, 11, "\u2022 two, which is so long");
            pdf.text(58, 232, 11, "that it wraps");
            pdf.text(50, 260, 11, "1. first").text(50, 274, 11, "2. second");

            assertThat(Parsing.markdown("a.pdf", pdf.bytes())).isEqualTo("""
                            # The title

                            A first line that goes on to the right edge of the page, as running text would do; the second one ends early.

                            See [the site](https://e.example/a) now.

                            ## Points

                            - one
                              - deeper
                            - two, which is so long\s\s
                              that it wraps

                            1. first
                            2. second
                            """);
        }
    }

    @Test
    void an_invoices_items_are_a_table_and_its_labels_are_lines() throws Exception {
        try (Pdfs pdf = new Pdfs()) {
            pdf.bold(50, 60, 20, "Invoice");
            pdf.text(50, 100, 10, "Number:").text(150, 100, 10, "R-17");
            pdf.text(50, 114, 10, "Date:").text(150, 114, 10, "5 January 2026");
            double y = 150;
            pdf.bold(50, y, 10, "Item")
                    .bold(300, y, 10, "Quantity")
                    .bold(400, y, 10, "Price")
                    .bold(500, y, 10, "Sum");
            y += 18;
            pdf.text(50, y, 10, "A long description of the")
                    .right(340, y, 10, "2")
                    .right(425, y, 10, "10.00")
                    .right(520, y, 10, "20.00");
            pdf.text(50, y + 12, 10, "thing, on two lines");
            y += 30;
            pdf.text(50, y, 10, "Bolt")
                    .right(340, y, 10, "1")
                    .right(425, y, 10, "5.50")
                    .right(520, y, 10, "5.50");
            y += 18;
            pdf.text(50, y, 10, "Total").right(520, y, 10, "25.50");
            pdf.text(50, y + 60, 10, "Thank you.");

            assertThat(Parsing.markdown("a.pdf", pdf.bytes())).isEqualTo("""
                            # Invoice

                            Number: R-17\s\s
                            Date: 5 January 2026

                            | Item | Quantity | Price | Sum |
                            | --- | --- | --- | --- |
                            | A long description of the thing, on two lines | 2 | 10.00 | 20.00 |
                            | Bolt | 1 | 5.50 | 5.50 |
                            | Total |  |  | 25.50 |

                            Thank you.
                            """);
        }
    }

    @Test
    void two_columns_of_prose_are_read_one_after_the_other() throws Exception {
        try (Pdfs pdf = new Pdfs()) {
            for (int line = 0; line < 6; line++) {
                pdf.text(40, 100 + line * 13, 9, "left " + line + " lorem ipsum dolor sit amet consectetur");
                pdf.text(310, 100 + line * 13, 9, "right " + line + " lorem ipsum dolor sit amet consectetur");
            }

            String markdown = Parsing.markdown("a.pdf", pdf.bytes());

            assertThat(markdown).doesNotContain("|");
            assertThat(markdown.indexOf("left 5"))
                    .isLessThan(markdown.indexOf("right 0"))
                    .isPositive();
        }
    }

    @Test
    void hyphens_at_line_ends_vanish_and_doubled_text_is_read_once() throws Exception {
        try (Pdfs pdf = new Pdfs()) {
            pdf.text(
                    50,
                    100,
                    11,
                    "This long line, which reaches the edge of the page, is broken within one of its won-");
            pdf.text(50, 114, 11, "derful words.");
            pdf.text(50, 150, 11, "Shadow").text(50.2, 150, 11, "Shadow");

            assertThat(Parsing.markdown("a.pdf", pdf.bytes()))
                    .contains("one of its wonderful words.")
                    .endsWith("\n\nShadow\n");
        }
    }

    @Test
    void drawing_order_does_not_matter_and_pages_follow() throws Exception {
        try (Pdfs pdf = new Pdfs()) {
            pdf.text(50, 200, 11, "second").text(50, 100, 11, "first").newPage().text(50, 100, 11, "third");

            assertThat(Parsing.markdown("a.pdf", pdf.bytes())).isEqualTo("first\n\nsecond\n\nthird\n");
        }
    }

    @Test
    void the_information_is_metadata() throws Exception {
        try (Pdfs pdf = new Pdfs()) {
            pdf.document().getDocumentInformation().setTitle("A title");
            ParsedDocument document =
                    Parsing.document("a.pdf", pdf.text(50, 100, 11, "x").bytes());

            assertThat(document.metadata())
                    .containsEntry("dc:title", List.of("A title"))
                    .containsEntry("xmpTPg:NPages", List.of("1"))
                    .containsEntry("Content-Type", List.of("application/pdf"));
        }
    }

    @Test
    void a_document_that_opens_without_a_password_is_read() throws Exception {
        try (Pdfs pdf = new Pdfs()) {
            assertThat(Parsing.markdown(
                            "a.pdf", pdf.text(50, 100, 11, "open").encrypt("").bytes()))
                    .isEqualTo("open\n");
        }
    }
}
