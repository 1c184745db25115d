package io.batchengine.documents.internal.office;

import io.batchengine.documents.internal.reading.DocumentReader;
import io.batchengine.documents.internal.reading.ReadingGuard;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of office document that are ZIP files and are read. */
public enum OfficeKind {
    /** Word. */
    DOCX("document", "wordprocessingml", "ms-word."),
    /** Excel. */
    XLSX("workbook", "spreadsheetml", "ms-excel."),
    /** PowerPoint. */
    PPTX("presentation", "presentationml", "ms-powerpoint.");

    private final String root;
    private final String openType;
    private final String macroType;

    OfficeKind(String root, String openType, String macroType) {
        this.root = root;
        this.openType = openType;
        this.macroType = macroType;
    }

    /** A reader of this kind. */
    public DocumentReader reader() {
        return switch (this) {
            case DOCX -> new WordReader();
            case XLSX -> new SheetReader();
            case PPTX -> new SlidesReader();
        };
    }

    /** The kind of a package's main part, by its content type; where that says nothing, by its first element. */
    static Optional<OfficeKind> of(OfficePackage zip, ReadingGuard guard) throws IOException {
        Optional<String> main = zip.mainPart();
        if (main.isEmpty()) {
            if (zip.isOffice()) {
                throw new IOException("the main part is missing");
            }
            return Optional.empty();
        }
        String type = contentType(zip, main.get(), guard);
        Optional<OfficeKind> typed = ofType(type);
        if (typed.isPresent()) {
            return typed;
        }
        boolean isPlainXml = type.isEmpty() || type.equals("application/xml") || type.equals("text/xml");
        return isPlainXml ? byRoot(zip, main.get()) : Optional.empty();
    }

    /** The kind whose parts have a content type. */
    static Optional<OfficeKind> ofType(String type) {
        return Arrays.stream(values()).filter(kind -> kind.hasType(type)).findFirst();
    }

    /** The content type of a part in lower case, or an empty text. */
    static String contentType(OfficePackage zip, String part, ReadingGuard guard) throws IOException {
        return zip.has(ContentTypes.PART) ? ContentTypes.read(zip, guard).of(part) : "";
    }

    /** Documents, templates and slide shows, with and without macros; a binary workbook's parts are not XML. */
    private boolean hasType(String type) {
        return (type.contains(openType) || type.contains(macroType)) && type.endsWith("+xml");
    }

    private static Optional<OfficeKind> byRoot(OfficePackage zip, String main) throws IOException {
        try (Xml xml = zip.open(main)) {
            if (xml.next() && xml.isStart()) {
                for (OfficeKind kind : values()) {
                    if (xml.name().equals(kind.root)) {
                        return Optional.of(kind);
                    }
                }
            }
        }
        return Optional.empty();
    }
}
