package io.batchengine.documents.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.batchengine.documents.DocumentException;
import io.batchengine.documents.DocumentLimits;
import io.batchengine.documents.ParseMode;
import io.batchengine.documents.TestFiles;
import io.batchengine.spi.Outcome;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that are broken or mean harm: each fails by itself, soon, and with a message without a class name in it. */
class HostileTest {
    private static final String CONTENT_TYPES =
            "<Types><Override PartName='/word/document.xml' ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>";
    private static final String RELATIONSHIPS =
            "<Relationships><Relationship Id='r' Type='http://x/officeDocument' Target='word/document.xml'/></Relationships>";

    private static byte[] word(String document) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("[Content_Types].xml", CONTENT_TYPES);
        parts.put("_rels/.rels", RELATIONSHIPS);
        parts.put("word/document.xml", document);
        return TestFiles.zip(parts);
    }

    private static byte[] pdf() throws Exception {
        try (Pdfs pdf = new Pdfs()) {
            return pdf.text(50, 100, 11, "some text").bytes();
        }
    }

    private static void assertFails(String name, byte[] content, String... words) {
        DocumentException fault = Parsing.fault(name, content);
        assertThat(fault).as(name).isNotNull();
        assertThat(fault.getMessage()).contains(List.of(words)).doesNotContain("Exception", "Error", "org.", "java.");
        assertThat(fault.outcome()).isEqualTo(Outcome.failed(String.valueOf(fault.getMessage())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.txt", "a.pdf", "a.docx", "a"})
    void an_empty_file_is_told_so(String name) {
        assertFails(name, new byte[0], "the file is empty");
    }

    @Test
    void an_encrypted_pdf_needs_a_password() throws Exception {
        try (Pdfs pdf = new Pdfs()) {
            assertFails("a.pdf", pdf.text(50, 100, 11, "x").encrypt("secret").bytes(), "encrypted", "password");
        }
    }

    @Test
    void a_pdf_that_was_cut_off_fails_wherever_it_was_cut() throws Exception {
        byte[] whole = pdf();
        for (int length = 5; length < whole.length - 30; length += 7) {
            assertFails("a.pdf", Arrays.copyOf(whole, length), "damaged");
        }
    }

    @Test
    void a_docx_that_was_cut_off_fails() {
        byte[] whole =
                word("<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>text</w:t></w:r></w:p></w:body></w:document>");
        assertThat(Parsing.fault("a.docx", whole)).isNull();
        for (int length : new int[] {4, 30, 100, whole.length / 2, whole.length - 1}) {
            assertFails("a.docx", Arrays.copyOf(whole, length), "damaged");
        }
    }

    @ParameterizedTest
    @CsvSource({"a.pdf, .pdf", "a.docx, .docx"})
    void a_zip_file_that_is_no_document_is_named(String name, String extension) {
        assertFails(
                name,
                TestFiles.zip(Map.of("a.txt", "text")),
                "is named " + extension,
                "application/zip",
                "supported are PDF");
    }

    @Test
    void the_content_counts_more_than_the_name() throws Exception {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'};
        assertFails("a.pdf", png, "is named .pdf but holds image/png");
        assertFails("a", png, "the file holds image/png");
        assertThat(Parsing.markdown("a.docx", pdf())).isEqualTo("some text\n");
        assertThat(Parsing.markdown("a.pdf", "just text")).isEqualTo("just text\n");
        assertThat(Parsing.markdown("a.pdf", word("<document><body><p><r><t>word</t></r></p></body></document>")))
                .isEqualTo("word\n");
        assertThat(Parsing.markdown("a.md", "From: me\nTo: you\nSubject: x\n\ny"))
                .startsWith("From: me");
        assertThat(Parsing.markdown("a.txt", "From: me\nTo: you\nSubject: x\n\ny"))
                .startsWith("From: me");
    }

    @Test
    void a_zip_bomb_fails_before_it_fills_the_memory() {
        String bomb =
                "<w:document xmlns:w='w'><w:p><w:r><w:t>" + " ".repeat(60_000_000) + "</w:t></w:r></w:p></w:document>";

        assertFails("a.docx", word(bomb), "zip bomb");
    }

    @Test
    void a_large_ordinary_document_is_read_whole() throws Exception {
        String markdown = Parsing.markdown(
                "a.docx",
                word("<document><body>" + "<p><r><t>a &amp; b</t></r></p>".repeat(100_000) + "</body></document>"));

        assertThat(markdown).startsWith("a & b\n\na & b\n").hasSize(100_000 * 7 - 1);
    }

    @Test
    void the_total_of_expanded_bytes_is_bounded() {
        var limits = new DocumentLimits(1 << 20, 1_000_000, 100, Duration.ofMinutes(1), 10_000, 200);
        byte[] bytes = word("<w:document xmlns:w='w'>" + "<w:p/>".repeat(5_000) + "</w:document>");

        assertThat(Parsing.fault(DocumentParsers.tika(limits), "a.docx", bytes))
                .hasMessageContaining("expands to more than the limit of 10,000 bytes");
    }

    @Test
    void a_pdf_bomb_fails_too() throws Exception {
        try (Pdfs pdf = new Pdfs()) {
            byte[] operators = new byte[40_000_000];
            Arrays.fill(operators, (byte) ' ');
            PDStream stream = new PDStream(pdf.document());
            try (var out = stream.createOutputStream(COSName.FLATE_DECODE)) {
                out.write(operators);
            }
            byte[] bytes = pdf.text(50, 100, 11, "x").with(stream).bytes();

            assertThat(bytes).hasSizeLessThan(100_000);
            assertFails("a.pdf", bytes, "200-fold", "zip bomb");
        }
    }

    @Test
    void external_entities_are_read_from_nowhere(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "planted-secret");
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String http = "http://127.0.0.1:" + server.getLocalPort() + "/x";
            for (String target : new String[] {secret.toUri().toString(), http}) {
                String doctype = "<!DOCTYPE d [<!ENTITY x SYSTEM \"" + target + "\"><!ENTITY % y SYSTEM \"" + target
                        + "\"> %y;]>";
                assertFails(
                        "a.docx",
                        word("<?xml version='1.0'?>" + doctype + "<d><p><r><t>&x;</t></r></p></d>"),
                        "entities");
                assertFails("b.docx", word("<!DOCTYPE d SYSTEM \"" + target + "\"><d/>"), "entities");
                String xhtml = "<?xml version='1.0'?>" + doctype
                        + "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>a &x; b</p></body></html>";
                assertThat(Parsing.markdown("a.xhtml", xhtml))
                        .contains("a", "b")
                        .doesNotContain("planted");
            }
            server.setSoTimeout(1);
            assertThat(catchThrowableOfType(SocketTimeoutException.class, server::accept))
                    .isNotNull();
        }
    }

    @Test
    void a_billion_laughs_are_not_heard() {
        StringBuilder dtd = new StringBuilder("<!DOCTYPE d [<!ENTITY a0 'lol'>");
        for (int i = 1; i < 12; i++) {
            dtd.append("<!ENTITY a")
                    .append(i)
                    .append(" '")
                    .append(("&a" + (i - 1) + ";").repeat(10))
                    .append("'>");
        }

        assertFails("a.docx", word(dtd + "]><d><p><r><t>&a11;</t></r></p></d>"), "entities");
    }

    @ParameterizedTest
    @ValueSource(strings = {"html", "docx", "rtf", "eml", "pdf"})
    void deep_nesting_does_not_overflow_the_stack(String kind) throws Exception {
        int depth = 100_000;
        byte[] document = switch (kind) {
            case "html" -> ("<html><body>" + "<div>".repeat(depth)).getBytes(US_ASCII);
            case "docx" -> word("<document><body>" + "<p>".repeat(depth) + "</p>".repeat(depth) + "</body></document>");
            case "rtf" -> ("{\\rtf1 " + "{".repeat(depth)).getBytes(US_ASCII);
            case "eml" -> deepMail(2_000);
            default -> deepPdf(depth);
        };

        String word = kind.equals("pdf") ? "PDF" : "nested";
        assertFails("a." + kind, document, word);
    }

    private static byte[] deepMail(int depth) {
        StringBuilder mail = new StringBuilder("From: a@b.example\nSubject: deep\nMIME-Version: 1.0\n");
        for (int i = 0; i < depth; i++) {
            mail.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\n\n--b")
                    .append(i)
                    .append('\n');
        }
        return mail.append("\nx\n").toString().getBytes(US_ASCII);
    }

    private static byte[] deepPdf(int depth) {
        String body = "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/X " + "[".repeat(depth) + "]".repeat(depth)
                + ">>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n";
        return (body + "trailer\n<</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF\n").getBytes(US_ASCII);
    }

    @Test
    void a_table_of_spans_does_not_fill_the_memory() {
        String row = "<tr>" + "<td colspan=1000 rowspan=1000>x</td>".repeat(1_000) + "</tr>";

        assertFails(
                "a.html",
                ("<table>" + row.repeat(100) + "</table>").getBytes(US_ASCII),
                "a table of more than 16,384 columns");
    }

    @Test
    void long_output_is_bounded() {
        var limits = new DocumentLimits(1 << 20, 1_000, 100, Duration.ofMinutes(1), 1 << 20, 200);
        for (String name : new String[] {"a.txt", "a.csv", "a.html"}) {
            assertThat(Parsing.fault(
                            DocumentParsers.tika(limits),
                            name,
                            "<p>lorem ipsum ".repeat(100).getBytes(US_ASCII)))
                    .as(name)
                    .hasMessageContaining("limit of 1,000 characters");
        }
    }

    @Test
    void time_is_bounded() throws Exception {
        var limits = new DocumentLimits(1 << 20, 1_000, 100, Duration.ofNanos(1), 1 << 20, 200);

        assertThat(Parsing.fault(DocumentParsers.tika(limits), "a.pdf", pdf()))
                .hasMessage("reading the document takes longer than the limit of 0 ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"html", "docx", "csv"})
    void a_stop_request_is_seen_while_reading(String kind) {
        String text = "<p>lorem</p>".repeat(100_000);
        byte[] bytes =
                kind.equals("docx") ? word("<document><body>" + text + "</body></document>") : text.getBytes(US_ASCII);
        AtomicInteger asked = new AtomicInteger();

        DocumentException stopped = catchThrowableOfType(
                DocumentException.class,
                () -> Parsing.PARSER.parse(
                        TestFiles.of("a." + kind, bytes), ParseMode.LAYOUT, () -> asked.incrementAndGet() > 20));

        assertThat(stopped.outcome()).isEqualTo(Outcome.stopped());
        assertThat(asked).hasValueBetween(21, 25);
    }

    /** Whatever bytes are flipped, the document is read or fails with a message; nothing else comes out. */
    @Test
    void flipped_bytes_never_escape_as_anything_else() throws Exception {
        Map<String, byte[]> samples = Map.of(
                "a.pdf", pdf(),
                "a.docx", word("<d><p><r><t>text</t></r></p><tbl><tr><tc><p><r><t>c</t></r></p></tc></tr></tbl></d>"),
                "a.rtf",
                        "{\\rtf1\\ansi{\\fonttbl{\\f0 A;}}\\pard{\\b x}\\'fc\\u8364?\\par\\trowd a\\cell\\row}"
                                .getBytes(US_ASCII),
                "a.html", "<html><body><table><tr><td>a<ul><li>b</table></ul>".getBytes(US_ASCII),
                "a.eml", "From: a\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nhi\n--x--".getBytes(US_ASCII),
                "a.csv", "a,b\n\"c\",d".getBytes(UTF_8));
        Random random = new Random(11);
        int failed = 0;
        for (Map.Entry<String, byte[]> sample : samples.entrySet()) {
            for (int i = 0; i < 300; i++) {
                byte[] bytes = sample.getValue().clone();
                for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                DocumentException fault = Parsing.fault(sample.getKey(), bytes);
                if (fault != null) {
                    failed++;
                    assertThat(fault.getMessage())
                            .as(new String(bytes, ISO_8859_1))
                            .isNotBlank()
                            .doesNotContain("Exception", "Error");
                }
            }
        }
        assertThat(failed).isPositive();
    }
}
