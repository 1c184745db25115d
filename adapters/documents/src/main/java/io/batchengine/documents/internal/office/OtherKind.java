package io.batchengine.documents.internal.office;

import io.batchengine.documents.internal.reading.ReadingGuard;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Kinds of document that are told apart to say what a file holds, and are not read. */
public enum OtherKind {
    /** Word before 2007. */
    DOC("an old binary Word document (.doc)", "save it as DOCX"),
    /** Excel before 2007. */
    XLS("an old binary Excel workbook (.xls)", "save it as XLSX"),
    /** PowerPoint before 2007. */
    PPT("an old binary PowerPoint presentation (.ppt)", "save it as PPTX"),
    /** Outlook. */
    MSG("an Outlook message (.msg)", "save it as EML"),
    /** A document with a password, of any Office program. */
    ENCRYPTED("an encrypted document", "save it without a password"),
    /** What else is stored as the old Office files are. */
    OLE2("an OLE2 file of another program", ""),
    /** OpenDocument. */
    ODT("an OpenDocument text (.odt)", "save it as DOCX"),
    /** OpenDocument. */
    ODS("an OpenDocument spreadsheet (.ods)", "save it as XLSX"),
    /** OpenDocument. */
    ODP("an OpenDocument presentation (.odp)", "save it as PPTX"),
    /** OpenDocument. */
    OPEN_DOCUMENT("an OpenDocument file of another kind", ""),
    /** An electronic book. */
    EPUB("an EPUB book (.epub)", "save it as PDF or HTML"),
    /** Pages, Numbers and Keynote. */
    IWORK("a document of Apple Pages, Numbers or Keynote", "export it as PDF or as an Office document"),
    /** Excel's binary workbook. */
    XLSB("a binary Excel workbook (.xlsb)", "save it as XLSX"),
    /** Visio. */
    VISIO("a Visio drawing (.vsdx)", "save it as PDF"),
    /** XPS. */
    XPS("an XPS document", "save it as PDF"),
    /** Java. */
    JAR("a Java archive (.jar)", ""),
    /** Any other ZIP file. */
    ZIP("a ZIP archive (application/zip)", "");

    private static final Map<String, OtherKind> BY_MEDIA_TYPE = Map.of(
            "application/epub+zip", EPUB,
            "application/vnd.oasis.opendocument.text", ODT,
            "application/vnd.oasis.opendocument.text-template", ODT,
            "application/vnd.oasis.opendocument.spreadsheet", ODS,
            "application/vnd.oasis.opendocument.spreadsheet-template", ODS,
            "application/vnd.oasis.opendocument.presentation", ODP,
            "application/vnd.oasis.opendocument.presentation-template", ODP);

    private final String title;
    private final String advice;

    OtherKind(String title, String advice) {
        this.title = title;
        this.advice = advice;
    }

    /** What it is, for people, with an article. */
    public String title() {
        return title;
    }

    /** What can be done, or an empty text. */
    public String advice() {
        return advice;
    }

    /** The kind of a ZIP file that is no office document. */
    static OtherKind of(OfficePackage zip, ReadingGuard guard) throws IOException {
        String declared = zip.beginning("mimetype").toLowerCase(Locale.ROOT);
        OtherKind kind = BY_MEDIA_TYPE.get(declared);
        if (kind != null) {
            return kind;
        }
        if (declared.startsWith("application/vnd.oasis.opendocument")) {
            return OPEN_DOCUMENT;
        }
        if (zip.has("META-INF/container.xml")) {
            return EPUB;
        }
        if (zip.has("Index.zip") || zip.has("Index/Document.iwa") || zip.has("index.xml") || zip.has("index.apxl")) {
            return IWORK;
        }
        if (zip.has("FixedDocSeq.fdseq") || zip.has("FixedDocumentSequence.fdseq")) {
            return XPS;
        }
        return zip.has("META-INF/MANIFEST.MF") ? JAR : ofMainPart(zip, guard);
    }

    private static OtherKind ofMainPart(OfficePackage zip, ReadingGuard guard) throws IOException {
        Optional<String> main = zip.mainPart();
        if (main.isPresent() || zip.has("visio/document.xml")) {
            String type = main.isPresent() ? OfficeKind.contentType(zip, main.get(), guard) : "";
            if (type.contains("ms-excel.sheet.binary")) {
                return XLSB;
            }
            if (type.contains("visio") || zip.has("visio/document.xml")) {
                return VISIO;
            }
        }
        return ZIP;
    }

    /** The kind of an OLE2 file, by the names of its storages and streams. */
    static OtherKind of(Set<String> names) {
        if (names.contains("EncryptedPackage") || names.contains("EncryptionInfo")) {
            return ENCRYPTED;
        }
        if (names.contains("WordDocument")) {
            return DOC;
        }
        if (names.contains("PowerPoint Document")) {
            return PPT;
        }
        if (names.contains("Workbook") || names.contains("Book")) {
            return XLS;
        }
        return names.stream().anyMatch(name -> name.startsWith("__properties_version1") || name.startsWith("__nameid"))
                ? MSG
                : OLE2;
    }
}
