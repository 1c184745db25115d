package io.batchengine.documents.parse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.documents.TestFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of files that are not what their name says, or of a format that is not read. */
class RefusalTest {
    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static String fault(String name, byte[] content) {
        return String.valueOf(Parsing.fault(name, content).getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.docx  | the file is named .docx but is no DOCX file, as it is no ZIP file;
            a.xlsm  | the file is named .xlsm but is no XLSM file, as it is no ZIP file;
            a.pptx  | the file is named .pptx but is no PPTX file, as it is no ZIP file;
            a.odt   | the file is named .odt but is no ODT file, as it is no ZIP file;
            a.epub  | the file is named .epub but is no EPUB file, as it is no ZIP file;
            a.doc   | the file is named .doc but is no DOC file, as it is no OLE2 file;
            a.msg   | the file is named .msg but is no MSG file, as it is no OLE2 file;
            a.pdf   | the file is named .pdf but is no PDF file;
            a.rtf   | the file is named .rtf but is no RTF file;
            a.png   | the file is named .png but is no PNG file;
            a.rar   | the file is named .rar but is no RAR file;
            a.zip   | the file is named .zip but is no ZIP file;
            a.txt   | the file is named .txt but holds binary data, not text;
            a.csv   | the file is named .csv but holds binary data, not text;
            a.md    | the file is named .md but holds binary data, not text;
            a.html  | the file is named .html but holds binary data, not text;
            a.eml   | the file is named .eml but holds binary data, not text;
            a       | the file holds neither text nor any format that is known;
            """)
    void random_bytes_are_never_said_to_hold_what_the_name_says(String name, String message) {
        for (int length : new int[] {64, 5_000, 100_000}) {
            assertThat(fault(name, random(length))).startsWith(message).doesNotContain("application/vnd", "holds DOCX");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.docx", "a.pdf", "a.txt", "a.html", "a.xls"})
    void zero_bytes_are_content_that_was_lost(String name) {
        assertThat(fault(name, new byte[4096])).contains("nothing but zero bytes", "copy it again");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WordDocument            | a.doc  | the file holds an old binary Word document (.doc), which is not supported; save it as DOCX
            WordDocument            | a.docx | the file is named .docx but holds an old binary Word document (.doc), which is not supported; save it as DOCX
            Workbook                | a.xls  | the file holds an old binary Excel workbook (.xls), which is not supported; save it as XLSX
            Book                    | a      | the file holds an old binary Excel workbook (.xls), which is not supported; save it as XLSX
            PowerPoint Document     | a.ppt  | the file holds an old binary PowerPoint presentation (.ppt), which is not supported; save it as PPTX
            __properties_version1.0 | a.msg  | the file holds an Outlook message (.msg), which is not supported; save it as EML
            EncryptedPackage        | a.xlsx | the document is encrypted; save it without a password and try again
            Something               | a.x    | the file is named .x but holds an OLE2 file of another program, which is not supported; supported are PDF, DOCX, XLSX, PPTX, HTML, RTF, EML, CSV, Markdown and text
            """)
    void an_ole2_file_is_named_by_what_it_holds(String stream, String name, String message) throws Exception {
        assertThat(fault(name, ole2(stream, 10))).isEqualTo(message);
        assertThat(fault(name, ole2(stream, 40_000))).isEqualTo(message);
    }

    private static byte[] ole2(String stream, int length) throws IOException {
        try (POIFSFileSystem file = new POIFSFileSystem()) {
            for (int i = 0; i < 30; i++) { // so that the directory has several sectors
                file.createDocument(new ByteArrayInputStream(random(length)), "a" + i);
            }
            file.createDocument(new ByteArrayInputStream(random(length)), stream);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            file.writeFilesystem(out);
            return out.toByteArray();
        }
    }

    @Test
    void a_damaged_ole2_file_is_still_named_as_one() throws Exception {
        byte[] whole = ole2("WordDocument", 10);
        for (int length : new int[] {4, 100, 511, 512, 700, whole.length - 700}) {
            assertThat(fault("a.doc", Arrays.copyOf(whole, length))).contains("which is not supported");
        }
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            byte[] bytes = whole.clone();
            for (int flips = 0; flips < 20; flips++) {
                bytes[4 + random.nextInt(700)] = (byte) random.nextInt(256);
            }
            assertThat(fault("a.doc", bytes)).contains("which is not supported");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/epub+zip                                             | a.epub  | an EPUB book (.epub)
            application/epub+zip                                             | a.docx  | an EPUB book (.epub)
            application/vnd.oasis.opendocument.text                          | a.odt   | an OpenDocument text (.odt)
            application/vnd.oasis.opendocument.spreadsheet                   | a.ods   | an OpenDocument spreadsheet (.ods)
            application/vnd.oasis.opendocument.presentation                  | a.odp   | an OpenDocument presentation (.odp)
            application/vnd.oasis.opendocument.graphics                      | a.odg   | an OpenDocument file of another kind
            """)
    void a_zip_file_that_declares_its_type_is_named(String type, String name, String title) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("mimetype", type);
        parts.put("content.xml", "<x/>");

        assertThat(fault(name, TestFiles.zip(parts))).contains("holds " + title + ", which is not supported");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Index/Document.iwa     | a.pages | the file is named .pages but holds a document of Apple Pages, Numbers or Keynote
            META-INF/container.xml | a.epub  | the file holds an EPUB book (.epub)
            META-INF/MANIFEST.MF   | a.jar   | the file holds a Java archive (.jar)
            photo.png              | a.zip   | the file holds a ZIP archive (application/zip)
            photo.png              | a.docx  | the file is named .docx but holds a ZIP archive (application/zip)
            """)
    void other_zip_files_are_named_too(String part, String name, String message) {
        assertThat(fault(name, TestFiles.zip(Map.of(part, "x")))).startsWith(message);
    }

    @Test
    void a_zip_file_that_was_cut_off_is_told_so() {
        byte[] zip = TestFiles.zip(Map.of("mimetype", "application/epub+zip"));

        assertThat(fault("a.epub", Arrays.copyOf(zip, 50)))
                .isEqualTo("the file holds a ZIP archive that is damaged; it may have been cut off");
        assertThat(fault("a.txt", Arrays.copyOf(zip, 50)))
                .startsWith("the file is named .txt but holds a ZIP archive that is damaged");
        assertThat(fault("a.xlsx", Arrays.copyOf(zip, 50))).startsWith("the XLSX file is damaged");
        assertThat(fault("a.docx", Arrays.copyOf(zip, 3))).startsWith("the file is named .docx but is no DOCX file");
    }

    @Test
    void other_binary_formats_are_named_by_their_content() {
        byte[] rar = {'R', 'a', 'r', '!', 0x1a, 7, 0, 0, 0, 0, 0, 0};
        byte[] gzip = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3};

        assertThat(fault("a.docx", rar)).startsWith("the file is named .docx but holds application/x-rar-compressed");
        assertThat(fault("a.txt", gzip)).startsWith("the file is named .txt but holds application/gzip");
    }

    @Test
    void text_is_still_text_in_unusual_charsets_and_with_control_characters() throws Exception {
        String text = "The meeting begins at nine o'clock; please bring the list of all open invoices. ".repeat(20);

        assertThat(Parsing.markdown("a.txt", text.getBytes(UTF_16LE))).isEqualTo(text.stripTrailing() + "\n");
        assertThat(Parsing.markdown("a.txt", text.getBytes(UTF_16BE))).isEqualTo(text.stripTrailing() + "\n");
        assertThat(Parsing.markdown(
                        "a.txt",
                        "N\bNA\bAM\bME\bE \u001b[1mx\u001b[0m\f\n".repeat(50).getBytes(UTF_8)))
                .contains("NNAAMMEE");
        assertThat(Parsing.markdown("a.docx", "plain text")).isEqualTo("plain text\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.docx", "a.xls", "a.pdf", "a.epub"})
    void xml_under_a_name_of_no_text_is_a_format_of_its_own(String name) {
        assertThat(fault(name, "<?xml version='1.0'?>\n<Workbook xmlns='urn:x'><a>1</a></Workbook>".getBytes(UTF_8)))
                .contains("but holds application/xml, which is not supported");
    }

    @Test
    void a_pdf_is_one_behind_text_of_any_length() throws Exception {
        byte[] pdf = new RawPdf().page("BT /F1 12 Tf 72 700 Td (Hello) Tj ET").bytes();
        for (int before : new int[] {1, 900, 5_000}) {
            byte[] mail = ("X-Spool: " + "a line of a printer\n".repeat(before)).getBytes(US_ASCII);
            byte[] whole = Arrays.copyOf(mail, mail.length + pdf.length);
            System.arraycopy(pdf, 0, whole, mail.length, pdf.length);

            assertThat(Parsing.document("a.pdf", whole).markdown()).isEqualTo("Hello\n");
        }
    }
}
