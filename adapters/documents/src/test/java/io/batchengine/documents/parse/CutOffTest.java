package io.batchengine.documents.parse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages and mails that were cut off, or of which one element swallows the rest. */
class CutOffTest {
    private static final String LOST = "<p>All that follows is lost</p></body></html>";
    private static final String CUT = "damaged: the end of the mail is missing, it may have been cut off";

    private static List<String> warnings(String name, String content) throws Exception {
        return Parsing.document(name, content.getBytes(UTF_8)).warnings();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <html><head><title>Report</head                                    | <title>
            <html><head><script>var a = 1;</head><body>                        | <script>
            <html><head><style type='text/css'>p { }</head><body>              | <style>
            <html><head><STYLE>p { }</ style></head><body>                     | <style>
            <html><head><!-- a remark -></head><body>                          | <!--
            <html><head><meta name="a" content="b></head><body>                | <meta>
            <html><head><link href='b></head><body>                            | <link>
            """)
    void an_element_that_is_not_closed_swallows_the_page(String start, String element) throws Exception {
        String rest = element.equals("<title>") ? "" : LOST; // the parser goes on with the next element after a title
        assertThat(Parsing.fault("a.html", (start + rest).getBytes(UTF_8)))
                .hasMessageMatching("no text: the HTML document holds nothing but 1 cut-off part(, 1 script)?");

        String before = start.replace("<html>", "<html><p>Some text</p>");
        assertThat(warnings("a.html", before + rest))
                .containsExactly(
                        "damaged: " + element + " is not closed in the HTML, so that what follows it may be lost");
        assertThat(Parsing.markdown("a.html", before + rest)).contains("Some text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"title", "textarea", "noframes", "iframe", "xmp"})
    void an_element_that_is_not_closed_is_told_whatever_the_parser_makes_of_it(String element) throws Exception {
        assertThat(warnings("a.html", "<html><body><p>Some text</p><" + element + ">x" + LOST))
                .singleElement()
                .asString()
                .startsWith("damaged: <" + element + "> is not closed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>",
                "<!DOCTYPE html><html lang=en>\n<head>",
                "<html><head><title>Report</title>",
                "<html><head><title>Report</title><meta charset=utf-8>",
                "<html><head><title>Report</title><met",
                "<html><head><title>Rep",
                "<html><head><style>p {}</style></head>",
                "<html><head></head><body>",
                "<html><head></head><body class=a><div><div>"
            })
    void a_page_that_was_cut_before_its_text(String page) {
        assertThat(Parsing.fault("a.html", page.getBytes(UTF_8)))
                .hasMessage("no text: the HTML document holds nothing but 1 cut-off part");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><head><title>T</title></head><body></body></html>",
                "<html></html>",
                "<html><head><title>T</title><body><p>x",
                "<head><title>T</title><p>x",
                "<html><head><title>a < b</title></head><p>x</p></html>",
                "<html><body><p>1 < 2 and 3 > 2, it's \"so</p></html>",
                "<html><body><p title=it's>x</p><p title = \"a > b\">y</p></html>",
                "<html><body><script>if (a < b && '<title>') { }</script><p>x</p></html>",
                "<html><body><script src=a.js /><p>x</p></html>",
                "<html><body><!-- <title> --><p>x</p><!----><!--> <!---></html>",
                "<html><head><TITLE>T</Title ><style></style\n></head><body><textarea></textarea><p>x</p></html>",
                "<html><body><p>x</p></html><!-- end -->\n"
            })
    void a_whole_page_is_no_damage(String page) throws Exception {
        assertThat(warnings("a.html", page)).isEmpty();
    }

    @Test
    void a_page_in_wide_letters_is_no_damage() throws Exception {
        String page = "<html><body><p>\u3c41\u3c42\u3c21\u2d2d text</p></body></html>";

        assertThat(Parsing.document("a.html", page.getBytes(UTF_16)).warnings()).isEmpty();
        String japanese =
                "<html><head><meta charset=iso-2022-jp></head><body><p>\u65e5\u672c\u8a9e\u3092</p></body></html>";
        assertThat(Parsing.document("a.html", japanese.getBytes(Charset.forName("ISO-2022-JP")))
                        .warnings())
                .isEmpty();
    }

    private static String mail(String body) {
        return "From: a@b.example\nSubject: s\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + body;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--b\nContent-Type: text/plain\n\nHello\n",
                "--b\nContent-Type: text/plain\n\nHello\n--b\nContent-Type: text/plain\n\nmore",
                "--b\nContent-Type: text/plain\n\nHello\n--b\n",
                "--b\nContent-Type: text/plain\n\nHello\n--b\nContent-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64\n\nAAAA",
                "--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/plain\n\nHello\n--c--\n",
                "--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/plain\n\nHello\n--b--\n",
                "--b\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\nSGVsbG8gYWdhaW\n",
            })
    void a_mail_without_its_end_is_read_and_told(String body) throws Exception {
        assertThat(Parsing.markdown("a.eml", mail(body))).contains("Hello");
        assertThat(warnings("a.eml", mail(body))).containsExactly(CUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A preamble", "--c\nContent-Type: text/plain\n\nLost\n--c--\n"})
    void a_mail_without_any_of_its_parts_is_told(String body) throws Exception {
        assertThat(warnings("a.eml", mail(body))).containsExactly(CUT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--b\nContent-Type: text/plain\n\nHello\n--b--",
                "--b\nContent-Type: text/plain\n\nHello\n--b--\nAn epilogue\n",
                "--b\n\nHello\n--b\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\nSGVsbG8=\n--b--\n",
                "--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\n\nHello\n--c--\n--b--\n"
            })
    void a_whole_mail_is_no_damage(String body) throws Exception {
        assertThat(warnings("a.eml", mail(body))).isEmpty();
    }

    @Test
    void a_page_within_a_mail_is_told_too() throws Exception {
        String mail = "From: a@b.example\nSubject: s\nMIME-Version: 1.0\nContent-Type: text/html\n\n"
                + "<html><head><title>Lost" + LOST;

        assertThat(Parsing.document("a.eml", mail.getBytes(US_ASCII)).warnings())
                .singleElement()
                .asString()
                .startsWith("damaged: <title> is not closed");
    }
}
