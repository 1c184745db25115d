package io.batchengine.documents.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plain text, Markdown, CSV and mail. */
class ParsedTextTest {
    @Test
    void text_is_given_as_it_is_with_line_feeds() throws Exception {
        assertThat(Parsing.markdown("a.txt", "one\r\n# two\rthree  x\u0000\u001b[0m\n\n\n"))
                .isEqualTo("one\n# two\nthree  x[0m\n");
        assertThat(Parsing.markdown("a.md", "# A\r\n\r\n* b\r\n")).isEqualTo("# A\n\n* b\n");
        assertThat(Parsing.document("a.md", "# A".getBytes(UTF_8)).metadata()).containsKey("Content-Encoding");
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, Größe 合計 Привет",
        "UTF-16LE, Größe 合計",
        "UTF-16BE, Größe",
        "windows-1252, Die Größe der Maßnahme ist über jeden Zweifel erhaben – schön für „alle“ Häuser und Gärten",
        "windows-1251, Привет мир это обычный русский текст для проверки кодировки",
        "Shift_JIS, これは日本語の文章です。文字コードを判定するための十分な長さがあります。"
    })
    void the_charset_is_told_by_the_bytes(String charset, String text) throws Exception {
        String marked = charset.startsWith("UTF-16") ? "\ufeff" + text : text;

        assertThat(Parsing.markdown("a.txt", marked.getBytes(Charset.forName(charset))))
                .isEqualTo(text + "\n");
    }

    @ParameterizedTest
    @CsvSource({"','", ";", "'\t'", "|"})
    void csv_becomes_a_table_whatever_parts_it(String delimiter) throws Exception {
        String csv = "name,price,\r\n\"Nut, or \"\"bolt\"\"\",\"1,5\",\r\n\"two\nlines\",2,\r\n".replace("1,5", "1.5");
        String text = "name,price,\n\"Nut or \"\"bolt\"\"\",1.5,\n\"two\nlines\",2,\n".replace(",", delimiter);

        assertThat(Parsing.markdown("a.csv", text))
                .isEqualTo("| name | price |\n| --- | --- |\n| Nut or \"bolt\" | 1.5 |\n| two<br>lines | 2 |\n");
        assertThat(Parsing.markdown("a.csv", csv)).contains("| Nut, or \"bolt\" | 1.5 |");
    }

    private static final String HEAD = """
            From: =?UTF-8?Q?J=C3=B6rg?= <joerg@sender.example>
            To: one@receiver.example, Two <two@receiver.example>
            Subject: =?UTF-8?B?R3LDvMOfZQ==?=
            Date: Mon, 5 Jan 2026 10:00:00 +0100
            MIME-Version: 1.0
            """;

    @Test
    void a_mail_has_its_head_its_body_and_its_attachments_names() throws Exception {
        String mail = HEAD + """
                Content-Type: multipart/mixed; boundary=m

                --m
                Content-Type: multipart/related; boundary=r

                --r
                Content-Type: multipart/alternative; boundary=a

                --a
                Content-Type: text/plain; charset=utf-8

                plain
                --a
                Content-Type: text/html; charset=iso-8859-1
                Content-Transfer-Encoding: quoted-printable

                <p>Sch=F6ne <b>Gr=FC=DFe</b></p>
                --a--
                --r
                Content-Type: image/png; name=logo.png

                x
                --r--
                --m
                Content-Type: text/csv
                Content-Disposition: attachment; filename="list.csv"

                a,b
                --m
                Content-Type: message/rfc822

                Subject: inner

                text
                --m--
                """;

        assertThat(Parsing.markdown("a.eml", mail.replace("\n", "\r\n"))).isEqualTo("""
                        # Grüße

                        **From:** Jörg <joerg@sender.example>\s\s
                        **To:** one@receiver.example, Two <two@receiver.example>\s\s
                        **Subject:** Grüße\s\s
                        **Date:** Mon, 5 Jan 2026 10:00:00 +0100

                        Schöne **Grüße**

                        ## Attachments

                        - logo.png
                        - list.csv
                        - inner
                        """);
    }

    @Test
    void a_typed_mail_keeps_its_lines() throws Exception {
        String mail = HEAD + "Content-Type: text/plain; charset=utf-8\n\nName:   Ann\nTotal:  5\n\n-- \nJörg\n";

        assertThat(Parsing.markdown("a.eml", mail)).endsWith("+0100\n\nName:   Ann\nTotal:  5\n\n-- \nJörg\n");
        assertThat(Parsing.document("a.eml", mail.getBytes(UTF_8)).metadata())
                .containsEntry("dcterms:created", List.of("2026-01-05T09:00:00Z"))
                .containsEntry("dc:title", List.of("Grüße"));
    }
}
