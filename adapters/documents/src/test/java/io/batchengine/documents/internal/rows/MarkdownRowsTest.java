package io.batchengine.documents.internal.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownRowsTest {
    private static List<List<String>> cells(String markdown) {
        return MarkdownRows.read(markdown).stream().map(Row::cells).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '\u2192',
            quoteCharacter = '\0',
            value = {
                "**Total:** 5 \u2192 Total: 5",
                "*a* _b_ ***c*** __d__ \u2192 a b c d",
                "snake_case_name INV_2026_01 \u2192 snake_case_name INV_2026_01",
                "2 * 3 = 6 \u2192 2 * 3 = 6",
                "~~old~~ new ~ 5 \u2192 old new ~ 5",
                "[ACME](https://acme.example/a_(b)) Ltd \u2192 ACME Ltd",
                "![logo](logo.png) ACME \u2192 logo ACME",
                "[draft] 5 \u2192 [draft] 5",
                "see <https://acme.example/x> \u2192 see https://acme.example/x",
                "<b>bold</b> 1 < 2 \u2192 bold 1 < 2",
                "a &amp; b &#8364; &#x20ac; &bogus; \u2192 a & b € € &bogus;",
                "1\\. not a list \\* \u2192 1. not a list *",
                "`code` x \u2192 code x",
                "- item \u2192 item",
                "> quoted \u2192 quoted",
                "5. März 2026 \u2192 5. März 2026",
                "Re\u0301sume\u0301 \u2192 Résumé"
            })
    void takes_inline_marks_off(String markdown, String text) {
        assertThat(cells(markdown)).containsExactly(List.of(text));
    }

    @Test
    void headings_lines_and_blocks_are_told_apart() {
        List<Row> rows = MarkdownRows.read("# Title #\n\none\ntwo\n\n---\n\n### Sub\nthree\n");

        assertThat(rows).extracting(Row::heading).containsExactly(1, 0, 0, 3, 0);
        assertThat(rows).extracting(row -> row.cells().get(0)).containsExactly("Title", "one", "two", "Sub", "three");
        assertThat(rows.get(1).block()).isEqualTo(rows.get(2).block());
        assertThat(rows.get(0).block()).isLessThan(rows.get(1).block());
        assertThat(rows.get(2).block()).isLessThan(rows.get(4).block());
    }

    @Test
    void pipe_tables_keep_empty_cells_and_escaped_pipes() {
        List<Row> rows = MarkdownRows.read("""
                | A \\| B | **C** |  |
                |:--|--:|---|
                | 1<br>2 |  | x \\\\ y |
                |  |  |  |
                | short |
                after
                """);

        assertThat(rows)
                .extracting(Row::cells)
                .containsExactly(
                        List.of("A | B", "C", ""),
                        List.of("1\n2", "", "x \\ y"),
                        List.of("", "", ""),
                        List.of("short"),
                        List.of("after"));
        assertThat(rows).extracting(Row::table).containsExactly(true, true, true, true, false);
        assertThat(rows.get(2).isEmpty()).isTrue();
    }

    @Test
    void a_line_with_pipes_is_no_table_without_a_delimiter_row() {
        assertThat(MarkdownRows.read("a | b\nc | d\n")).extracting(Row::table).containsOnly(false);
    }

    @Test
    void wide_gaps_set_the_parts_of_a_line_apart() {
        assertThat(cells("Total:     £5\tnet\n")).containsExactly(List.of("Total:", "£5", "net"));
    }

    @Test
    void fenced_text_is_kept_as_it_is() {
        assertThat(cells("```\n# a *b*\n| c | d |\n|---|---|\n```\n*e*\n"))
                .containsExactly(List.of("# a *b*"), List.of("| c | d |"), List.of("|---|---|"), List.of("e"));
    }

    @Test
    void hostile_text_is_read_in_linear_time_and_without_deep_recursion() {
        int size = 200_000;
        for (String part : List.of("[](", "![", "<", "**", "> ", "`", "|", "&#", "\\", "<a ", "] (")) {
            assertThat(MarkdownRows.read(part.repeat(size))).hasSizeLessThanOrEqualTo(1);
        }
    }
}
