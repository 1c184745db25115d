package io.batchengine.documents.office;

import io.batchengine.documents.reading.DocumentReader;
import io.batchengine.documents.reading.Guard;
import io.batchengine.documents.reading.Spool;
import java.io.IOException;
import java.util.Optional;

/** The kinds of office document that are ZIP files. */
public enum OfficeKind {
    /** Word. */
    DOCX,
    /** Excel. */
    XLSX,
    /** PowerPoint. */
    PPTX;

    /** A reader of this kind. */
    public DocumentReader reader() {
        return switch (this) {
            case DOCX -> new WordReader();
            case XLSX -> new SheetReader();
            case PPTX -> new SlidesReader();
        };
    }

    /**
     * Looks into a ZIP file.
     *
     * @param document its bytes
     * @param guard watches
     * @return its kind, or empty for another ZIP file
     * @throws IOException if it is damaged
     */
    public static Optional<OfficeKind> of(Spool document, Guard guard) throws IOException {
        try (OfficePackage zip = new OfficePackage(document, guard)) {
            if (!zip.has("[Content_Types].xml")) {
                return Optional.empty();
            }
            return zip.kind().flatMap(kind -> switch (kind) {
                case "word" -> Optional.of(DOCX);
                case "sheet" -> Optional.of(XLSX);
                case "presentation" -> Optional.of(PPTX);
                default -> Optional.empty();
            });
        }
    }
}
