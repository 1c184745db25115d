package io.batchengine.documents.parse;

import io.batchengine.documents.DocumentException;
import io.batchengine.documents.internal.office.Container;
import io.batchengine.documents.internal.office.OtherKind;
import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.documents.internal.reading.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
    private static final int TEXT_LOOKED_AT = 1 << 16;
    private static final String PDF_HEADER = "%PDF-";

    private final MimeTypes types = MimeTypes.getDefaultMimeTypes();
    private final Charsets charsets = new Charsets(false);

    Format detect(Spool document, String name, ReadingGuard guard) throws IOException, DocumentException {
        String extension = extension(name);
        byte[] head = document.head(4);
        if (Container.isZip(head)) {
            return office(document, extension, guard);
        }
        if (Container.isOle2(head)) {
            throw Refusals.other(Container.ofOle2(document, guard), extension);
        }
        MediaType content = type(document, "");
        MediaType type = type(document, name);
        if (extension.equals("pdf") && holdsPdf(document)) {
            return Format.PDF;
        }
        return content.equals(MediaType.OCTET_STREAM)
                ? ofUnknownContent(document, type, extension)
                : ofContent(type, content, extension);
    }

    private Format ofContent(MediaType type, MediaType content, String extension) throws DocumentException {
        Format format = BY_TYPE.get(type.toString());
        boolean text = format == null ? isText(type) : format != Format.PDF;
        if (!text && format == null) {
            throw Refusals.unsupported(content.toString(), "", extension);
        }
        Format named = BY_EXTENSION.get(extension);
        if (text && format != Format.RTF && named != null) {
            return named;
        }
        if (format == null && !content.equals(MediaType.TEXT_PLAIN) && Refusals.isNoText(extension)) {
            throw Refusals.unsupported(content.toString(), "", extension);
        }
        if (format == null || (format == Format.MAIL && extension.equals("txt"))) {
            return Format.TEXT;
        }
        return format;
    }

    /** Only the name says what it is. That counts for text in unusual charsets. */
    private Format ofUnknownContent(Spool document, MediaType named, String extension)
            throws IOException, DocumentException {
        byte[] head = document.head(SEARCHED);
        if (isZero(head)) {
            throw Refusals.zeros(extension);
        }
        Format format = BY_TYPE.get(named.toString());
        if (format == Format.PDF || format == Format.RTF || (format == null && !isText(named))) {
            throw Refusals.unknown(extension);
        }
        byte[] beginning = Arrays.copyOf(head, Math.min(head.length, TEXT_LOOKED_AT));
        if (!TextContent.isText(new String(beginning, charsets.detect(beginning)))) {
            throw Refusals.notText(extension);
        }
        return ofContent(named, named, extension);
    }

    /** Whether a PDF begins here, or behind what a mail or a printer put before it, which may be text. */
    private static boolean holdsPdf(Spool document) throws IOException {
        return new String(document.head(SEARCHED), StandardCharsets.ISO_8859_1).contains(PDF_HEADER);
    }

    private static boolean isZero(byte[] bytes) {
        for (byte each : bytes) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    /** The type by the content, and among what that leaves open by the name, if there is one. */
    private MediaType type(Spool document, String name) throws IOException {
        Metadata metadata = new Metadata();
        if (!name.isEmpty()) {
            metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, name.substring(name.lastIndexOf('/') + 1));
        }
        try (InputStream in = document.open()) {
            return types.detect(in, metadata).getBaseType();
        }
    }

    private boolean isText(MediaType type) {
        return type.getType().equals("text")
                || types.getMediaTypeRegistry().isSpecializationOf(type, MediaType.TEXT_PLAIN);
    }

    private static Format office(Spool document, String extension, ReadingGuard guard) throws DocumentException {
        Container found;
        try {
            found = Container.ofZip(document, guard);
        } catch (IOException e) {
            throw Refusals.damagedZip(extension, e);
        }
        OtherKind other = found.other();
        if (other != null) {
            throw Refusals.other(other, extension);
        }
        return switch (Objects.requireNonNull(found.office())) {
            case DOCX -> Format.DOCX;
            case XLSX -> Format.XLSX;
            case PPTX -> Format.PPTX;
        };
    }

    private static String extension(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        return dot <= 0 ? "" : file.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
