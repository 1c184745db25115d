package io.batchengine.documents.internal.pdf;

import io.batchengine.documents.ParsedDocument;
import io.batchengine.documents.internal.reading.DocumentReader;
import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.documents.internal.reading.Spool;
import io.batchengine.documents.internal.reading.Xhtml;
import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Calendar;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.tika.metadata.Metadata;
import org.jspecify.annotations.Nullable;

/** Reads PDF documents by PDFBox. */
public final class PdfReader implements DocumentReader {
    private static final long IN_MEMORY = 32L << 20;
    private static final String START = "startxref";
    private static final String END = "%%EOF";
    private static final int TAIL = 4_096;
    /** What a change begins with, which is written after the whole document. */
    private static final Pattern CHANGE = Pattern.compile("(?:^|\\s)[0-9]+\\s+[0-9]+\\s+obj\\b|^\\s*xref\\s");

    @Override
    public void read(Spool document, Xhtml out, Metadata metadata, ReadingGuard guard) throws IOException {
        String tail = new String(document.tail(TAIL), StandardCharsets.ISO_8859_1);
        if (!tail.contains(START)) {
            throw guard.fail("the PDF document is damaged: its end is missing, it may have been cut off");
        }
        if (endsWithinChange(tail)) {
            metadata.add(
                    ParsedDocument.WARNINGS,
                    "damaged: the file ends within its last change, so that what was read may be older; get the whole file");
        }
        try (var bytes = new RandomAccessReadBufferedFile(document.file());
                var guarded = new GuardedAccess(bytes, guard)) {
            new StreamScan(guarded, guard).run();
            try (PDDocument pdf = load(guarded, guard)) {
                write(pdf, out, metadata, guard, bytes.length());
            }
        }
    }

    /** A document may be changed by what is written after its end. PDFBox reads the document before the change if its end is missing. */
    private static boolean endsWithinChange(String tail) {
        int end = tail.lastIndexOf(END);
        int whole = end >= 0 ? end + END.length() : tail.lastIndexOf(START) + START.length();
        return CHANGE.matcher(tail.substring(whole)).find();
    }

    private static PDDocument load(GuardedAccess bytes, ReadingGuard guard) throws IOException {
        var memory = MemoryUsageSetting.setupMixed(IN_MEMORY, guard.limits().maxExpandedBytes());
        try {
            return Loader.loadPDF(bytes, "", null, null, memory.streamCache);
        } catch (InvalidPasswordException e) {
            throw guard.fail("the document is encrypted; save it without a password and try again");
        } catch (LinkageError e) { // certificates need a library that is left out
            throw guard.fail("the document is encrypted for a certificate, which is not supported");
        }
    }

    private static void write(PDDocument pdf, Xhtml out, Metadata metadata, ReadingGuard guard, long fileLength)
            throws IOException {
        if (pdf.getNumberOfPages() == 0) {
            throw guard.fail("the PDF document is damaged: it has no pages");
        }
        PDDocumentInformation information = pdf.getDocumentInformation();
        set(metadata, "dc:title", information.getTitle());
        set(metadata, "dc:creator", information.getAuthor());
        set(metadata, "dc:subject", information.getSubject());
        set(metadata, "meta:keyword", information.getKeywords());
        set(metadata, "pdf:docinfo:producer", information.getProducer());
        set(metadata, "xmp:CreatorTool", information.getCreator());
        set(metadata, "dcterms:created", time(information.getCreationDate()));
        set(metadata, "dcterms:modified", time(information.getModificationDate()));
        PageCollector collector = new PageCollector(guard, fileLength);
        List<PageLines> pages = collector.collect(pdf);
        if (pages.isEmpty()) {
            throw guard.fail("the PDF document is damaged: it has no pages that can be read");
        }
        metadata.set("xmpTPg:NPages", Integer.toString(pages.size()));
        if (pdf.getNumberOfPages() > pages.size()) {
            metadata.add(
                    ParsedDocument.WARNINGS,
                    Text.format(
                            "damaged: %d pages of %d can't be found",
                            pdf.getNumberOfPages() - pages.size(), pdf.getNumberOfPages()));
        }
        TextLayer.check(pages, guard).forEach(warning -> metadata.add(ParsedDocument.WARNINGS, warning));
        if (pages.stream().allMatch(PageLines::isBlank)) {
            UndrawnText.check(pdf, collector.drawn(), guard)
                    .ifPresent(warning -> metadata.add(ParsedDocument.WARNINGS, warning));
        }
        XfaForm.check(pdf).ifPresent(warning -> metadata.add(ParsedDocument.WARNINGS, warning));
        List<List<TextLine>> lines = pages.stream().map(PageLines::lines).toList();
        PageWriter writer = new PageWriter(out, guard, Headings.of(lines));
        lines.forEach(writer::write);
    }

    private static @Nullable String time(@Nullable Calendar time) {
        return time == null ? null : time.toInstant().toString();
    }

    private static void set(Metadata metadata, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            metadata.set(name, value.strip());
        }
    }
}
