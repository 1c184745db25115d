package io.batchengine.documents.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTML, and with it the Markdown that is made of XHTML, whichever reader sends it. */
class HtmlTest {
    private static String markdown(String body) throws Exception {
        return Parsing.markdown(
                "a.html", "<!DOCTYPE html><html><head><meta charset=utf-8></head><body>" + body + "</body></html>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <p>a <b>b</b> <i>c</i> <b><i>d</i></b></p>         | a **b** *c* ***d***
            <p><b>bold </b>and<b> bold</b></p>                 | **bold** and **bold**
            <p><b>a</b><b>b</b></p>                            | **ab**
            <p><b>Total:</b>100</p>                            | **Total**:100
            <p>f<b>o</b>o</p>                                  | f**o**o
            <p><del>x</del> <code>a*b</code></p>               | ~~x~~ `a*b`
            <p><a href="https://e.x/a b(c)">t]</a></p>         | [t\\]](https://e.x/a%20b%28c%29)
            <p><a href="javascript:x">t</a></p>                | t
            <p><a href="#top">t</a></p>                        | t
            <p><a href="x"><b>a</b>b</a></p>                   | [**a**b](x)
            <p>a*b _c_ d_e `f` 2 * 3</p>                       | a\\*b \\_c\\_ d_e \\`f\\` 2 * 3
            <p>[a](b) [1] &lt;b&gt; 1 < 2 &amp;lt; a & b</p>   | [a\\](b) [1] \\<b> 1 < 2 \\&lt; a & b
            <p># x</p>                                         | \\# x
            <p>1. x</p>                                        | 1\\. x
            <p>- x</p>                                         | \\- x
            <p>&gt; x</p>                                      | \\> x
            <p>+49 30 1</p>                                    | +49 30 1
            <p>C:\\Users \\* a@b.example</p>                   | C:\\Users \\\\\\* a@b.example
            <p>Ann &lt;ann@b.example&gt;</p>                   | Ann <ann@b.example>
            <p>a&nbsp;&nbsp; b&shy;c</p>                       | a bc
            <h1>A <b>b</b></h1>                                | # A b
            <h6>A<br>b</h6>                                    | ###### A b
            <img alt="A cat" src="cat.png">                    | ![A cat](cat.png)
            <img src="cat.png">x                               | x
            <script>x</script><style>y</style>z                | z
            """)
    void inline_text(String html, String expected) throws Exception {
        assertThat(markdown(html)).isEqualTo(expected + "\n");
    }

    @Test
    void lists_nest() throws Exception {
        String html = "<p>x</p><ul><li>a<ul><li>b<p>more</p></li><li>c</li></ul></li><li>d</li></ul>"
                + "<ol start=3><li>e<ol><li>f</li></ol></li><li>g</li></ol><p>y</p>";

        assertThat(markdown(html)).isEqualTo("""
                        x

                        - a
                          - b

                            more
                          - c
                        - d

                        3. e
                           1. f
                        4. g

                        y
                        """);
    }

    @Test
    void a_list_that_stands_between_items_belongs_to_the_one_before() throws Exception {
        assertThat(markdown("<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>")).isEqualTo("- a\n  - b\n- c\n");
    }

    @Test
    void tables_are_pipe_tables() throws Exception {
        String html = "<table><thead><tr><th>A</th><th>B|C</th><th></th></tr></thead><tbody>"
                + "<tr><td>1<br>2</td><td><a href='x'>l</a></td><td> </td></tr><tr><td colspan=3></td></tr>"
                + "<tr><td rowspan=2>3</td><td>4</td></tr><tr><td>5</td></tr></tbody></table>";

        assertThat(markdown(html))
                .isEqualTo("| A | B\\|C |\n| --- | --- |\n| 1<br>2 | [l](x) |\n| 3 | 4 |\n|  | 5 |\n");
    }

    @Test
    void a_table_within_a_cell_gives_its_text_and_one_column_is_no_table() throws Exception {
        assertThat(markdown("<table><tr><td>a</td><td><table><tr><td>b</td><td>c</td></tr></table></td></tr></table>"))
                .isEqualTo("| a | b c |\n| --- | --- |\n");
        assertThat(markdown("<table><tr><td>a|b</td></tr><tr><td>c</td></tr></table>"))
                .isEqualTo("a|b\n\nc\n");
    }

    @Test
    void code_and_quotations_are_kept() throws Exception {
        assertThat(markdown("<pre>\nif (a) {\n  b\n}</pre><blockquote><p>q</p><ul><li>r</li></ul></blockquote><hr>"))
                .isEqualTo("```\nif (a) {\n  b\n}\n```\n\n> q\n>\n> - r\n\n---\n");
    }

    @Test
    void lines_stay_lines() throws Exception {
        assertThat(markdown("<p>a<br>- b<br><br>c</p>")).isEqualTo("a  \n\\- b  \nc\n");
    }

    @Test
    void broken_html_is_read_as_browsers_do() throws Exception {
        assertThat(markdown("<ul><li>a<blockquote><li>b</blockquote></ul><p><b>c</p><p>d"))
                .contains("a", "b", "**c**", "**d**");
        assertThat(markdown("</td></table></li></ul></blockquote>x")).isEqualTo("x\n");
    }

    @ParameterizedTest
    @CsvSource({"windows-1252", "UTF-8", "UTF-16LE", "windows-1251"})
    void the_declared_charset_counts(String charset) throws Exception {
        String word = charset.equals("windows-1251") ? "Привет" : "Grüße";
        String html = "<html><head><meta charset=\"" + charset + "\"></head><body>" + word + "</body></html>";
        byte[] bytes = (charset.equals("UTF-16LE") ? "\ufeff" + html : html).getBytes(Charset.forName(charset));

        assertThat(Parsing.markdown("a.html", bytes)).isEqualTo(word + "\n");
    }

    @Test
    void text_mode_has_no_marks() throws Exception {
        String html =
                "<h1>T</h1><ul><li>a*<ol><li><b>b</b></li></ol></li></ul><table><tr><td>1</td><td><a href=x>2</a></td></tr></table>";

        assertThat(Parsing.text("a.html", html.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("T\n\na*\nb\n\n1\t2\n");
    }

    @Test
    void raised_digits_stay_apart_from_the_number_before_them() throws Exception {
        assertThat(Parsing.markdown(
                        "a.html", "<p>5 m<sup>2</sup> and 12<sup>3</sup>, H<sub>2</sub>O, 4<sup>th</sup></p>"))
                .isEqualTo("5 m² and 12³, H₂O, 4th\n");
    }
}
