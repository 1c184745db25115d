package io.batchengine.documents.parse;

import io.batchengine.documents.internal.office.OfficeKind;
import io.batchengine.documents.internal.office.RtfReader;
import io.batchengine.documents.internal.pdf.PdfReader;
import io.batchengine.documents.internal.reading.DocumentReader;
import org.jspecify.annotations.Nullable;

/** The kinds of document that are read. */
enum Format {
    PDF("PDF", "application/pdf"),
    DOCX("DOCX", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    XLSX("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    PPTX("PPTX", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    HTML("HTML", "text/html"),
    RTF("RTF", "application/rtf"),
    MAIL("EML", "message/rfc822"),
    CSV("CSV", "text/csv"),
    MARKDOWN("Markdown", "text/markdown"),
    TEXT("text", "text/plain");

    private final String title;
    private final String mediaType;

    Format(String title, String mediaType) {
        this.title = title;
        this.mediaType = mediaType;
    }

    String title() {
        return title;
    }

    String mediaType() {
        return mediaType;
    }

    /** A reader of this kind, or null for text, which is given as it is. */
    @Nullable
    DocumentReader reader() {
        return switch (this) {
            case PDF -> new PdfReader();
            case DOCX -> OfficeKind.DOCX.reader();
            case XLSX -> OfficeKind.XLSX.reader();
            case PPTX -> OfficeKind.PPTX.reader();
            case HTML -> new HtmlReader();
            case RTF -> new RtfReader();
            case MAIL -> new MailReader();
            case CSV -> new CsvReader();
            case MARKDOWN, TEXT -> null;
        };
    }
}
