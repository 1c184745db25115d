package io.batchengine.documents.parse;

import io.batchengine.documents.DocumentException;
import io.batchengine.documents.office.OfficeKind;
import io.batchengine.documents.reading.Guard;
import io.batchengine.documents.reading.Spool;
import io.batchengine.model.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypes;

/** Tells a document's kind by its content; among kinds of text, also by its name. */
final class FormatDetector {
    private static final Map<String, Format> BY_TYPE = Map.of(
            "application/pdf", Format.PDF,
            "text/html", Format.HTML,
            "application/xhtml+xml", Format.HTML,
            "application/rtf", Format.RTF,
            "message/rfc822", Format.MAIL,
            "text/csv", Format.CSV,
            "text/tsv", Format.CSV,
            "text/tab-separated-values", Format.CSV,
            "text/x-web-markdown", Format.MARKDOWN);
    /** Text that may begin like a mail or a page is still what its name says. */
    private static final Map<String, Format> BY_EXTENSION =
            Map.of("md", Format.MARKDOWN, "markdown", Format.MARKDOWN, "csv", Format.CSV, "tsv", Format.CSV);

    private static final int SEARCHED = 1 << 20;
    private static final byte[] ENCRYPTED = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);

    private final MimeTypes types = MimeTypes.getDefaultMimeTypes();

    Format detect(Spool document, String name, Guard guard) throws IOException, DocumentException {
        MediaType type = type(document, name);
        String extension = extension(name);
        if (isZip(document)) {
            return office(document, extension, guard);
        }
        if (type.toString().equals("application/x-tika-msoffice") || isOle2(document)) {
            throw oldOffice(document);
        }
        Format format = BY_TYPE.get(type.toString());
        boolean text = format == null ? isText(type) : format != Format.PDF;
        if (!text && format == null) {
            throw unsupported(type.toString(), extension);
        }
        Format named = BY_EXTENSION.get(extension);
        if (text && format != Format.RTF && named != null) {
            return named;
        }
        if (format == null || (format == Format.MAIL && extension.equals("txt"))) {
            return Format.TEXT;
        }
        return format;
    }

    private MediaType type(Spool document, String name) throws IOException {
        Metadata metadata = new Metadata();
        metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, name.substring(name.lastIndexOf('/') + 1));
        try (InputStream in = document.open()) {
            return types.detect(in, metadata).getBaseType();
        }
    }

    private boolean isText(MediaType type) {
        return type.getType().equals("text")
                || types.getMediaTypeRegistry().isSpecializationOf(type, MediaType.TEXT_PLAIN);
    }

    private static Format office(Spool document, String extension, Guard guard) throws IOException, DocumentException {
        Optional<OfficeKind> kind;
        try {
            kind = OfficeKind.of(document, guard);
        } catch (IOException e) {
            throw DocumentException.unusable(
                    Text.format(
                            "the %s file is damaged: its ZIP structure can't be read, or its main part is missing",
                            extension.isEmpty() ? "ZIP" : Text.printable(extension.toUpperCase(Locale.ROOT), 20)),
                    e);
        }
        if (kind.isEmpty()) {
            throw unsupported("a ZIP archive (application/zip)", extension);
        }
        return switch (kind.get()) {
            case DOCX -> Format.DOCX;
            case XLSX -> Format.XLSX;
            case PPTX -> Format.PPTX;
        };
    }

    private static boolean isZip(Spool document) {
        byte[] head = document.head(4);
        return head.length == 4 && head[0] == 'P' && head[1] == 'K' && head[2] < 9 && head[3] < 9;
    }

    private static boolean isOle2(Spool document) {
        byte[] head = document.head(4);
        return head.length == 4
                && head[0] == (byte) 0xd0
                && head[1] == (byte) 0xcf
                && head[2] == 0x11
                && head[3] == (byte) 0xe0;
    }

    private static DocumentException oldOffice(Spool document) throws IOException {
        if (contains(document.head(SEARCHED), ENCRYPTED) || contains(document.tail(SEARCHED), ENCRYPTED)) {
            return DocumentException.unusable("the document is encrypted; save it without a password and try again");
        }
        return DocumentException.unusable(
                "old binary Office files (.doc, .xls, .ppt) are not supported; save it as DOCX, XLSX or PPTX");
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(new String(wanted, StandardCharsets.ISO_8859_1));
    }

    private static DocumentException unsupported(String what, String extension) {
        String named = extension.isEmpty() ? "" : "is named ." + Text.printable(extension, 20) + " but ";
        return DocumentException.unusable(Text.format(
                "the file %sholds %s, which is not supported; supported are PDF, DOCX, XLSX, PPTX, HTML, RTF, EML, CSV, Markdown and text",
                named, what));
    }

    private static String extension(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        return dot <= 0 ? "" : file.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
