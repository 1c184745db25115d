package io.batchengine.examples.sample;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes the sample data. Its {@code main} writes the documents and their index to {@code src/main/resources/sample}, and what is to be
 * extracted from the good invoices to {@code src/test/resources/golden/extract}, below the module's folder. The Maven profile
 * {@code sample} runs it. It stands among the tests, so that the program need not carry the libraries that write documents.
 *
 * <p>The same version gives the same content each time; with another zlib below the JDK, or another version of POI or PDFBox, the
 * compressed bytes may differ.
 */
public final class SampleDocuments {
    private SampleDocuments() {}

    /**
     * Writes all files again.
     *
     * @param arguments the folder of the module {@code examples}
     * @throws IOException if a file can't be written
     */
    public static void main(String[] arguments) throws IOException {
        Path module = Path.of(arguments.length == 0 ? "." : arguments[0]);
        Path sample = module.resolve("src/main/resources/sample");
        SortedMap<String, byte[]> documents = documents();
        replace(sample.resolve("documents"), documents);
        Files.writeString(sample.resolve("index.txt"), index(documents), StandardCharsets.UTF_8);
        replace(module.resolve("src/test/resources/golden/extract"), expected());
    }

    /** The documents by name. */
    static SortedMap<String, byte[]> documents() throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (Map.Entry<String, Invoice> entry : Invoices.all().entrySet()) {
            files.put(entry.getKey(), invoice(entry.getKey(), entry.getValue()));
        }
        lettersAndNotes(files);
        reports(files);
        data(files);
        badInvoices(files);
        files.putAll(BadFiles.all());
        return files;
    }

    /** The names of the documents, one a line; a jar can't be listed. */
    static String index(SortedMap<String, byte[]> documents) {
        return String.join("\n", documents.keySet()) + "\n";
    }

    /** What is to be extracted from the good invoices, by file name. */
    static SortedMap<String, byte[]> expected() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        Invoices.all().forEach((name, invoice) -> files.put(name + ".extract.json", InvoiceJson.write(invoice)));
        return files;
    }

    private static byte[] invoice(String name, Invoice invoice) throws IOException {
        if (name.endsWith(".eml")) {
            return MailWriter.write(Mails.of(invoice, invoice.style().equals(InvoiceStyle.FRENCH)));
        }
        Doc doc = invoice.document();
        DocWriter writer = switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "pdf" -> new PdfWriter(invoice.style().equals(InvoiceStyle.FRENCH));
            case "docx" -> new DocxWriter();
            case "xlsx" -> new XlsxWriter();
            case "html" -> new HtmlWriter();
            case "rtf" -> new RtfWriter();
            case "csv" -> new CsvWriter(invoice.style().equals(InvoiceStyle.GERMAN) ? ';' : ',');
            case "txt" -> new PlainTextWriter(StandardCharsets.UTF_8);
            default -> throw new IllegalStateException("no writer for " + name);
        };
        return writer.write(doc);
    }

    private static void lettersAndNotes(Map<String, byte[]> files) throws IOException {
        files.put("letter-relocation.docx", new DocxWriter().write(SampleLetters.relocation()));
        files.put("letter-kuendigung.rtf", new RtfWriter().write(SampleLetters.cancellationGerman()));
        files.put(
                "letter-reclamation.txt",
                new PlainTextWriter(Charset.forName("windows-1252")).write(SampleLetters.complaintFrench()));
        files.put("letter-reference.pdf", new PdfWriter(false).write(SampleLetters.reference()));
        files.put("letter-greek.pdf", new PdfWriter(true).write(SampleLetters.invitationGreek()));
        files.put("letter-russian.docx", new DocxWriter().write(SampleLetters.offerRussian()));
        files.put("memo-utf16.txt", new PlainTextWriter(StandardCharsets.UTF_16).write(SampleLetters.memo()));
        files.put("mail-attachment.eml", MailWriter.write(Mails.withAttachment()));
        files.put("mail-newsletter.eml", MailWriter.write(Mails.newsletter()));
        files.put("mail-japanese.eml", MailWriter.write(Mails.inquiryJapanese()));
    }

    private static void reports(Map<String, byte[]> files) throws IOException {
        files.put("report-quarterly.pdf", new PdfWriter(false).write(Reports.quarterly()));
        files.put("report-quarterly.docx", new DocxWriter().write(Reports.quarterly()));
        files.put("report-quarterly.html", new HtmlWriter().write(Reports.quarterly()));
        files.put("report-quarterly.md", new MarkdownWriter().write(Reports.quarterly()));
        files.put("report-quarterly.rtf", new RtfWriter().write(Reports.quarterly()));
        files.put("report-arabic.docx", new DocxWriter().write(Reports.waterArabic()));
        files.put("report-ukrainian.md", new MarkdownWriter().write(Reports.energyUkrainian()));
        files.put("notice-hindi.html", new HtmlWriter().write(Reports.noticeHindi()));
        files.put("handbook.md", new MarkdownWriter().write(Reports.handbook()));
        files.put("slides-kickoff.pptx", new PptxWriter().write(Reports.kickoffSlides()));
        files.put("slides-japanese.pptx", new PptxWriter().write(Reports.productSlidesJapanese()));
    }

    private static void data(Map<String, byte[]> files) throws IOException {
        files.put("budget.xlsx", new XlsxWriter().write(Sheets.budget()));
        files.put("inventory-japanese.xlsx", new XlsxWriter().write(Sheets.inventoryJapanese()));
        files.put("branches.csv", new CsvWriter(',').write(Sheets.branches()));
        files.put("stock-german.csv", new CsvWriter(';').write(Sheets.stockGerman()));
        files.put("feedback.csv", new CsvWriter(',').write(Sheets.feedback()));
    }

    /** Good documents that are no good invoices: for the messages of validation. */
    private static void badInvoices(Map<String, byte[]> files) throws IOException {
        String page =
                HtmlWriter.html(Invoices.named("invoice-brambleworks-91.html").document());
        files.put(
                "invoice-bad-date.html",
                page.replace("14 February 2026", "31 February 2026").getBytes(StandardCharsets.UTF_8));
        String text = PlainTextWriter.text(
                Invoices.named("invoice-brambleworks-102.txt").document());
        files.put(
                "invoice-bad-number.txt",
                text.replaceAll("Invoice number.*\n", "").getBytes(StandardCharsets.UTF_8));
        files.put(
                "invoice-bad-letter.txt", new PlainTextWriter(StandardCharsets.UTF_8).write(SampleLetters.misfiled()));
    }

    private static void replace(Path folder, Map<String, byte[]> files) throws IOException {
        Files.createDirectories(folder);
        try (DirectoryStream<Path> old = Files.newDirectoryStream(folder)) {
            for (Path file : old) {
                Files.delete(file);
            }
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
    }
}
