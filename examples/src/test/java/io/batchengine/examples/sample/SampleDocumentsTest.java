package io.batchengine.examples.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleDocumentsTest {
    private static final Path DOCUMENTS = Path.of("src/main/resources/sample/documents");
    private static final Path EXPECTED = Path.of("src/test/resources/golden/extract");

    @Test
    void the_generator_writes_what_is_committed(@TempDir Path module) throws IOException {
        SampleDocuments.main(new String[] {module.toString()});

        SortedMap<String, byte[]> written = read(module.resolve(DOCUMENTS));
        SortedMap<String, byte[]> committed = read(DOCUMENTS);
        assertThat(written.keySet()).isEqualTo(committed.keySet());
        for (String name : written.keySet()) {
            assertThat(content(name, written)).as(name).isEqualTo(content(name, committed));
        }
        Path index = DOCUMENTS.resolveSibling("index.txt");
        assertThat(module.resolve(index)).hasSameBinaryContentAs(index);
    }

    @Test
    void what_is_to_be_extracted_is_committed_as_the_invoices_say() throws IOException {
        SortedMap<String, byte[]> expected = SampleDocuments.expected();
        SortedMap<String, byte[]> committed = read(EXPECTED);

        assertThat(committed.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
                (name, json) -> assertThat(committed.get(name)).as(name).isEqualTo(json));
    }

    @Test
    void the_documents_are_small_many_and_of_every_format() throws IOException {
        SortedMap<String, byte[]> documents = read(DOCUMENTS);

        assertThat(documents).hasSizeGreaterThanOrEqualTo(40);
        assertThat(documents.keySet().stream()
                        .map(name -> name.substring(name.lastIndexOf('.') + 1))
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("pdf", "docx", "xlsx", "pptx", "html", "rtf", "txt", "md", "csv", "eml");
        assertThat(documents.values().stream().mapToInt(bytes -> bytes.length).sum())
                .isLessThan(1_500_000);
    }

    @Test
    void the_sums_of_an_invoice_are_right() {
        Invoice invoice = Invoices.named("invoice-quillfeather-0131.xlsx");

        // 150 x 18.40 + 30 x 9.99 + 7.5 x 64 - 120, and 8.25 % of it
        assertThat(invoice.net()).isEqualTo(new BigDecimal("3419.70"));
        assertThat(invoice.tax()).isEqualTo(new BigDecimal("282.13"));
        assertThat(invoice.total()).isEqualTo(new BigDecimal("3701.83"));
    }

    @Test
    void the_zip_bomb_inflates_more_than_a_thousand_times() throws IOException {
        try (ZipFile zip = new ZipFile(DOCUMENTS.resolve("bad-zip-bomb.xlsx").toFile())) {
            ZipEntry sheet = zip.getEntry("xl/worksheets/sheet1.xml");

            assertThat(sheet.getSize()).isGreaterThan(1_000 * sheet.getCompressedSize());
        }
    }

    /** Compressed bytes depend on the zlib below the JDK, so what they unpack to is compared. */
    private static Object content(String name, SortedMap<String, byte[]> files) throws IOException {
        byte[] bytes = Objects.requireNonNull(files.get(name), name);
        if (bytes.length > 1 && bytes[0] == 'P' && bytes[1] == 'K') {
            return checksums(bytes);
        }
        return name.endsWith(".pdf") ? text(bytes) : bytes;
    }

    private static Map<String, String> checksums(byte[] zip) throws IOException {
        Path file = Files.createTempFile("sample", ".zip");
        try {
            Files.write(file, zip);
            try (ZipFile entries = new ZipFile(file.toFile())) {
                return Collections.list(entries.entries()).stream()
                        .collect(Collectors.toMap(ZipEntry::getName, entry -> entry.getSize() + " " + entry.getCrc()));
            }
        } finally {
            Files.delete(file);
        }
    }

    private static String text(byte[] pdf) throws IOException {
        PDDocument document;
        try {
            document = Loader.loadPDF(pdf);
        } catch (IOException e) {
            return String.valueOf(e.getMessage()); // bad on purpose
        }
        try (document) {
            return new PDFTextStripper().getText(document);
        }
    }

    private static SortedMap<String, byte[]> read(Path folder) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
            for (Path path : paths) {
                files.put(path.getFileName().toString(), Files.readAllBytes(path));
            }
        }
        return files;
    }
}
