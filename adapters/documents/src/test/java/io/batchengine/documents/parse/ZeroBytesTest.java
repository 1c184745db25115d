package io.batchengine.documents.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of which a part was lost and is zero bytes, as a crash or a bad copy leaves them. */
class ZeroBytesTest {
    private static final String ZEROS = "\0".repeat(100);
    private static final String LOST = "damaged: the document has zero bytes within its text, so that text was lost";
    private static final String MAIL = "From: a@b.example\nSubject: s\nMIME-Version: 1.0\n";

    private static byte[] bytes(String content) {
        return content.replace("ZEROS", ZEROS).getBytes(ISO_8859_1);
    }

    private static List<String> warnings(String name, String content) throws Exception {
        return Parsing.document(name, bytes(content)).warnings();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><head><style>p { }</style>ZEROS",
                "<html><head><style>p { }</style></head><body lang=DE style='word-wrap:breaZEROS",
                "<html><head>ZEROS</head><body></body></html>",
                "<html><head><title>T</title></head><body>ZEROS</body></html>",
                "ZEROS<html><head></head><body></body></html>"
            })
    void a_page_whose_text_is_zero_bytes_fails(String page) {
        assertThat(Parsing.fault("a.html", bytes(page)))
                .hasMessage("no text: the HTML document holds nothing but 1 cut-off part");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body><p>Some text</p>ZEROS",
                "<html><body><p>Some text</p><p titleZEROS",
                "<html><body><p>Some text</p><p title='ZEROS",
                "<html><body><p>Some text</p>ZEROS<p>and more</p></body></html>"
            })
    void a_page_with_zero_bytes_is_a_warning(String page) throws Exception {
        assertThat(warnings("a.html", page)).containsExactly(LOST);
        assertThat(Parsing.markdown("a.html", bytes(page))).contains("Some text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html><body><p>Some text</p></body></html>ZEROS", "<p>Some \0\0 text</p>"})
    void zero_bytes_after_the_end_of_a_page_or_a_few_are_no_damage(String page) throws Exception {
        assertThat(warnings("a.html", page)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\nSome textZEROS",
                "Content-Type: text/html\n\n<html><body>Some text<pZEROS",
                "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSome textZEROS\n--b--\n",
                "X-Other: ZEROS\n\nSome text"
            })
    void a_mail_with_zero_bytes_is_a_warning(String rest) throws Exception {
        assertThat(warnings("a.eml", MAIL + rest)).containsExactly(LOST);
    }

    @Test
    void a_mail_whose_fields_end_in_zero_bytes_has_no_body_either() throws Exception {
        assertThat(warnings("a.eml", MAIL + "X-Other: Some textZEROS"))
                .containsExactly("damaged: the end of the mail is missing, it may have been cut off", LOST);
    }

    @Test
    void a_whole_mail_before_zero_bytes_is_no_damage() throws Exception {
        String mail = MAIL + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSome text\n--b--\nZEROS";

        assertThat(warnings("a.eml", mail)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a.txt", "a.csv", "a.md"})
    void a_long_text_with_zero_bytes_is_a_warning(String name) throws Exception {
        assertThat(warnings(name, "Some,text\n".repeat(4_000) + "ZEROS")).containsExactly(LOST);
        assertThat(warnings(name, "Some,text\n".repeat(4_000))).isEmpty();
    }

    @Test
    void wide_letters_are_no_zero_bytes() throws Exception {
        byte[] page = "<html><body><p>Some text, and more of it</p></body></html>".getBytes(UTF_16);

        assertThat(Parsing.document("a.html", page).warnings()).isEmpty();
    }
}
