package io.batchengine.documents.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.documents.DocumentException;
import io.batchengine.documents.ParsedDocument;
import io.batchengine.model.Text;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.zip.Deflater;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages whose content is damaged are told, and a document without any other fails. */
class PdfDamageTest {
    private static final String TEXT = "BT /F1 12 Tf 72 400 Td (Whole) Tj ET";
    private static final String LONG = lines();

    private final RawPdf pdf = new RawPdf();

    private static String lines() {
        StringBuilder out = new StringBuilder("BT /F1 12 Tf 72 720 Td ");
        for (int i = 0; i < 50; i++) {
            out.append("(Line ").append(Integer.toHexString(i * 7_919)).append(") Tj 0 -14 Td ");
        }
        return out + "ET";
    }

    private static String deflated(String text) {
        Deflater deflater = new Deflater();
        deflater.setInput(text.getBytes(ISO_8859_1));
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 14];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toString(ISO_8859_1);
    }

    /** The warnings of a document with this page and a whole one. */
    private List<String> warnings(String dictionary, String content) throws Exception {
        pdf.contents(pdf.stream(dictionary, content)).page(TEXT);
        return Parsing.document("a.pdf", pdf.bytes()).warnings();
    }

    @ParameterizedTest
    @CsvSource({"0.5, ''", "0.9, ''", "0.3, 'xxxxxxxxxxxxxxx'"})
    void a_compressed_page_that_is_cut_or_overwritten(double kept, String overwritten) throws Exception {
        String whole = deflated(LONG);
        int at = (int) (whole.length() * kept);
        String rest = overwritten.isEmpty() ? "" : overwritten + whole.substring(at + overwritten.length());

        assertThat(warnings("/Filter/FlateDecode", whole.substring(0, at) + rest))
                .containsExactly("damaged: 1 page of 2 can't be read to the end: page 1");
    }

    @Test
    void any_flipped_bit_of_a_compressed_page() throws Exception {
        String whole = deflated(LONG);
        for (int at = 2; at < whole.length(); at += 41) {
            StringBuilder flipped = new StringBuilder(whole);
            flipped.setCharAt(at, (char) (whole.charAt(at) ^ 4));
            RawPdf document = new RawPdf();
            document.contents(document.stream("/Filter/FlateDecode", flipped.toString()))
                    .page(TEXT);

            assertThat(Parsing.document("a.pdf", document.bytes()).warnings())
                    .as("byte %s", at)
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"/FlateDecode, not compressed at all", "/FooDecode, BT (x) Tj ET", "/DCTDecode, BT (x) Tj ET"})
    void a_page_that_no_filter_reads(String filter, String content) throws Exception {
        assertThat(warnings("/Filter" + filter, content))
                .containsExactly("damaged: 1 page of 2 can't be read to the end: page 1");
        RawPdf alone = new RawPdf();
        alone.contents(alone.stream("/Filter" + filter, content));
        assertThat(Parsing.fault("a.pdf", alone.bytes()))
                .hasMessage("the PDF document is damaged: 1 page can't be read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BT /F1 12 Tf 72 700 Td [(Hello) -20 (World) TJ 0 -20 Td (second line) Tj 0 -20 Td (third line) Tj ET",
                "BT /F1 12 Tf 72 700 Td (Hello World Tj 0 -20 Td (second line) Tj 0 -20 Td (third line) Tj ET",
                "BT /F1 12 Tf 72 700 Td (First) Tj 0 -20 Td (second line Tj 0 -20 Td (third line) Tj ET",
                "BT /F1 12 Tf 72 700 Td (First) Tj 0 -20 Td [(second line) TJ 0 -20 Td (third line) Tj ET",
                "BT /F1 12 Tf 72 700 Td [[[[[[ Tj ET",
                "BT /F1 12 Tf 72 700 Td [(Hello) -20 (World)] Tj ET",
                "BT /F1 12 Tf 72 700 Td /Hello Tj ET",
                "BT /F1 12 Tf 72 700 Td Tj ET",
                "BT /F1 12 Tf 72 700 Td (Hello) TJ ET"
            })
    void text_that_is_not_closed_or_is_no_text(String content) throws Exception {
        assertThat(warnings("", content)).containsExactly("damaged: 1 page of 2 can't be read to the end: page 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BT /F1 12 Tf 72 700 Td () Tj ET",
                "BT /F1 12 Tf 72 700 Td [] TJ ET",
                "BT ET",
                "BT /F1 12 Tf 72 700 Td (Hello) Tj",
                "BT /F1 12 Tf 72 700 Td 12 TL (Hello) ' 1 2 (World) \" ET",
                "BT /F1 12 Tf 72 700 Td [(Hello) -20 (World)] TJ 0 -20 Td ET"
            })
    void text_that_is_empty_or_has_no_end_of_its_own_is_no_damage(String content) throws Exception {
        assertThat(warnings("", content)).isEmpty();
    }

    @Test
    void a_form_counts_as_its_page() throws Exception {
        int form = pdf.form("/Filter/FlateDecode", deflated(LONG).substring(0, 80));
        pdf.page("/XObject<</X " + form + " 0 R>>", "", "/X Do");
        pdf.page("/XObject<</X " + form + " 0 R>>", "", "/X Do").page(TEXT);

        assertThat(Parsing.document("a.pdf", pdf.bytes()).warnings())
                .containsExactly("damaged: 2 pages of 3 can't be read to the end: page 1-2");
    }

    @Test
    void bytes_that_are_no_operators() throws Exception {
        assertThat(warnings("", "1 2 3 4 5 6 7 8 9 10 11 12 13")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4})
    void a_missing_sum_is_no_damage(int cut) throws Exception {
        String whole = deflated(LONG);

        assertThat(warnings("/Filter/FlateDecode", whole.substring(0, whole.length() - cut)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "'', '   '", "/Filter/FlateDecode, ''"})
    void a_blank_page_is_no_damage(String dictionary, String content) throws Exception {
        assertThat(warnings(dictionary, content)).isEmpty();
    }

    private static String hex(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> out.append(Text.format("%02x", c)));
        return out + ">";
    }

    @Test
    void a_compressed_page_behind_another_filter() throws Exception {
        String whole = deflated(LONG);
        StringBuilder flipped = new StringBuilder(whole);
        flipped.setCharAt(whole.length() / 2, (char) (whole.charAt(whole.length() / 2) ^ 1));
        String chain = "/Filter[/ASCIIHexDecode/FlateDecode]";

        assertThat(warnings(chain, hex(flipped.toString())))
                .containsExactly("damaged: 1 page of 2 can't be read to the end: page 1");
        RawPdf sound = new RawPdf();
        sound.contents(sound.stream(chain, hex(whole)));
        assertThat(Parsing.document("a.pdf", sound.bytes()).markdown()).contains("Line 0");
        assertThat(Parsing.document("a.pdf", sound.bytes()).warnings()).isEmpty();
    }

    @Test
    void a_page_that_is_compressed_twice_is_told_as_it_is_not_read() throws Exception {
        assertThat(warnings("/Filter[/FlateDecode/FlateDecode]", deflated(deflated(LONG))))
                .hasSize(1);
    }

    @Test
    void a_page_whose_content_is_not_there_keeps_its_number() throws Exception {
        pdf.page(TEXT).contents(99).page(TEXT);

        assertThat(Parsing.document("a.pdf", pdf.bytes()).warnings())
                .containsExactly("damaged: 1 page of 3 can't be read to the end: page 2");
    }

    @Test
    void pages_that_are_counted_and_not_there() throws Exception {
        pdf.page(TEXT);
        byte[] bytes = new String(pdf.bytes(), ISO_8859_1)
                .replace("/Count 1", "/Count 3")
                .getBytes(ISO_8859_1);

        assertThat(Parsing.document("a.pdf", bytes).warnings()).containsExactly("damaged: 2 pages of 3 can't be found");
    }

    @Test
    void letters_that_mean_nothing_are_no_text() throws Exception {
        String map = "1 beginbfrange <00> <ff> <e000> endbfrange";
        int font = pdf.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode " + pdf.stream("", map) + " 0 R>>");
        pdf.page("/Font<</F1 " + font + " 0 R>>", "", TEXT.replace("Whole", "a long line of ink without a meaning"));
        assertThat(Parsing.fault("a.pdf", pdf.bytes()))
                .hasMessageStartingWith("no text layer: 1 page is text in fonts that do not say");
        pdf.page(TEXT);
        assertThat(Parsing.document("a.pdf", pdf.bytes()).warnings()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Nowhere Do",
                "/Im1 Do",
                "/Im2 Do",
                "/Im3 Do",
                "Do",
                "q 100 0 0 100 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x Q BT /F1 12 Tf 72 400 Td (Lost) Tj ET",
                "BI /W 1 /H 1 /CS /G /BPC 8 ID x Q BT /F1 12 Tf 72 400 Td [(Lo)-1(st)] TJ ET",
                "BI /W 1 /H 1 /CS /G /BPC 8 ID x Q BT /F1 12 Tf <00> Tj ET EI",
                "BI /W 1 /H 1 /CS /G /BPC 8 ID x Q /Im0 Do "
            })
    void what_a_page_draws_and_is_not_there(String content) throws Exception {
        int image = pdf.image();
        int other = pdf.stream("/Type/XObject/Subtype/Nonsense", "x");
        String objects = "/XObject<</Im0 " + image + " 0 R/Im1 99 0 R/Im2<<>>/Im3 " + other + " 0 R>>";
        pdf.page(RawPdf.FONT + objects, "", content);
        assertThat(Parsing.fault("a.pdf", pdf.bytes())).hasMessage("the PDF document is damaged: 1 page can't be read");

        pdf.page(TEXT);
        assertThat(Parsing.document("a.pdf", pdf.bytes()).warnings())
                .contains("damaged: 1 page of 2 can't be read to the end: page 1");
    }

    @Test
    void a_form_that_draws_what_is_not_there() throws Exception {
        int form = pdf.form("/Resources<</XObject<<>>>>", "/Im0 Do");
        pdf.page(RawPdf.FONT + "/XObject<</X " + form + " 0 R>>", "", TEXT + " /X Do");

        assertThat(Parsing.document("a.pdf", pdf.bytes()).warnings()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0004K~\u00b2 x\u00c3\u0007 \u00d9L w\u00f7 \u0091",
                "qwe rty uio asd",
                "QBT /F1 12 Tf (Lost) Tj ET"
            })
    void bytes_that_are_no_known_operators(String content) throws Exception {
        assertThat(warnings("", content)).containsExactly("damaged: 1 page of 2 can't be read to the end: page 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e-5 0 0 1 0 0 cm",
                "NaN 0 m -nan(ind) 1 l inf 2 l S",
                "BX foo bar baz EX",
                "q Q Q Q",
                "BI /W 1 /H 1 /CS /G /BPC 8 ID x EI",
                "/GS0 gs /P MP",
                "(x) ' 1 2 (y) \""
            })
    void what_is_no_damage(String content) throws Exception {
        assertThat(warnings("", content)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/Contents, /Contentz", "/Contents, /Cont"})
    void a_document_whose_pages_do_not_name_their_text(String entry, String damaged) throws Exception {
        pdf.page(TEXT);
        byte[] bytes =
                new String(pdf.bytes(), ISO_8859_1).replace(entry, damaged).getBytes(ISO_8859_1);

        assertThat(Parsing.document("a.pdf", bytes).warnings())
                .containsExactly("damaged: no page shows the text that the document holds; contents with text: 1");
    }

    @ParameterizedTest
    @CsvSource({"40, false", "128, false", "128, true", "256, true"})
    void an_encrypted_document_whose_key_was_damaged(int bits, boolean aes) throws Exception {
        byte[] whole = encrypted(bits, aes);
        String file = new String(whole, ISO_8859_1);
        int key = file.indexOf(bits == 256 ? "/UE" : "/O ");
        assertThat(Parsing.markdown("a.pdf", whole)).startsWith("Whole");
        for (int at = key; at < key + 40; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            try {
                ParsedDocument document = Parsing.document("a.pdf", damaged);
                assertThat(document.warnings().isEmpty() && !document.markdown().startsWith("Whole"))
                        .as("byte %s", at)
                        .isFalse();
            } catch (DocumentException told) {
                assertThat(told).hasMessageMatching("the (PDF )?document is (damaged|encrypted).*");
            }
        }
    }

    /** A whole document, and a change to it that puts another text on its page. */
    private static String changed(String object) {
        String whole = new String(new RawPdf().page(TEXT).bytes(), ISO_8859_1);
        String next = "BT /F1 12 Tf 72 400 Td (Changed) Tj ET";
        String change =
                "4 0 obj\n<</Length " + next.length() + ">>\nstream\n" + next + "\nendstream\nendobj\n" + object;
        int table = whole.length() + change.length();
        return whole + change + "xref\n4 1\n" + Text.format("%010d 00000 n \n", whole.length())
                + "trailer<</Size 6/Root 1 0 R/Prev " + whole.indexOf("xref\n0") + ">>\nstartxref\n" + table
                + "\n%%EOF\n";
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_000, 2_500})
    void a_change_that_was_cut_off(int length) throws Exception {
        String file = changed("9 0 obj\n(" + "x".repeat(length) + ")\nendobj\n");
        assertThat(Parsing.document("a.pdf", file.getBytes(ISO_8859_1)).warnings())
                .isEmpty();
        assertThat(Parsing.markdown("a.pdf", file.getBytes(ISO_8859_1))).isEqualTo("Changed\n");

        for (int cut = file.indexOf("%%EOF") + 20; cut < file.length() - 6; cut += 11) {
            byte[] kept = file.substring(0, cut).getBytes(ISO_8859_1);
            assertThat(Parsing.document("a.pdf", kept).warnings())
                    .as("cut at %s of %s", cut, file.length())
                    .anyMatch(warning -> warning.startsWith("damaged: the file ends within its last change"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "\u0000\u0000", "0\r\n\r\n", "--boundary--", "1 0 object"})
    void what_stands_after_the_end_is_no_change(String rest) throws Exception {
        String file = new String(pdf.page(TEXT).bytes(), ISO_8859_1) + rest;

        assertThat(Parsing.document("a.pdf", file.getBytes(ISO_8859_1)).warnings())
                .isEmpty();
    }

    /** Its content is not compressed, so that nothing but its operators tells whether it was decrypted well. */
    private static byte[] encrypted(int bits, boolean aes) throws Exception {
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            document.addPage(page);
            try (var content = new PDPageContentStream(document, page, AppendMode.OVERWRITE, false)) {
                content.beginText();
                content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                for (int i = 0; i < 40; i++) {
                    content.newLineAtOffset(10, 15);
                    content.showText("Whole");
                }
                content.endText();
            }
            var policy = new StandardProtectionPolicy("owner", "", new AccessPermission());
            policy.setEncryptionKeyLength(bits);
            policy.setPreferAES(aes);
            document.protect(policy);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out, CompressParameters.NO_COMPRESSION);
            return out.toByteArray();
        }
    }
}
