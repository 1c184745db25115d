package io.batchengine.documents.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtfTest {
    private static final String HEAD = """
            {\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fswiss Arial;}{\\f1\\fswiss\\fcharset204 Arial Cyr;}}
            {\\stylesheet{\\s0 Normal;}{\\s1\\b heading 1;}{\\s2 heading 2;}}
            {\\info{\\title A title}{\\author Ann}}{\\*\\generator Nobody;}{\\pict 0123}
            """;

    private static String markdown(String body) throws Exception {
        return Parsing.markdown("a.rtf", (HEAD + body + "}").getBytes(US_ASCII));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a {\\b bold} {\\i it}\\b  b\\b0  c\\par       | a **bold** *it* **b** c
            Gr\\'fc\\'dfe \\u8364?5 \\u-10179?\\u-8704?   | Grüße €5 😀
            {\\f1\\'cf\\'f0\\'e8\\'e2\\'e5\\'f2}          | Привет
            a\\emdash b\\~c \\{d\\} \\\\ {\\v hidden}e    | a—b c {d} \\ e
            {\\uc2\\u246 xyo}                             | öo
            \\pard\\s1 Title\\par                         | # Title
            \\pard\\outlinelevel2 Part\\par               | ### Part
            {\\field{\\*\\fldinst HYPERLINK "https://e.example"}{\\fldrslt here}} x | [here](https://e.example) x
            {\\*\\unknown no}{\\header no}yes             | yes
            a\\line b                                      | a b
            """)
    void inline_text(String rtf, String expected) throws Exception {
        assertThat(markdown(rtf).replace("  \n", " ")).isEqualTo(expected + "\n");
    }

    @Test
    void lists_and_tables_are_kept() throws Exception {
        assertThat(markdown("""
                        \\pard\\s2 Things\\par
                        \\pard{\\listtext\\'95\\tab}\\ls1\\ilvl0 one\\par
                        \\pard{\\listtext\\'95\\tab}\\ls1\\ilvl1 two\\par
                        \\pard{\\pntext 3.\\tab}three\\par
                        \\trowd\\cellx1\\cellx2\\pard\\intbl\\b A\\b0\\cell\\b B\\b0\\cell\\row
                        \\trowd\\cellx1\\cellx2 1\\cell 2\\cell\\row
                        \\pard after\\par
                        """)).isEqualTo("""
                        ## Things

                        - one
                          - two

                        3. three

                        | A | B |
                        | --- | --- |
                        | 1 | 2 |

                        after
                        """);
    }

    @Test
    void the_information_is_metadata() throws Exception {
        assertThat(Parsing.document("a.rtf", (HEAD + "x}").getBytes(ISO_8859_1)).metadata())
                .containsEntry("dc:title", List.of("A title"))
                .containsEntry("dc:creator", List.of("Ann"));
    }
}
