package io.batchengine.documents.parse;

import io.batchengine.documents.DocumentException;
import io.batchengine.documents.internal.office.OtherKind;
import io.batchengine.model.Text;
import java.util.Locale;
import java.util.Set;

/** What is said of files that are not read: what they are, by their content, and what can be done. */
final class Refusals {
    private static final String SUPPORTED =
            "supported are PDF, DOCX, XLSX, PPTX, HTML, RTF, EML, CSV, Markdown and text";
    /** The extensions of Word, Excel and PowerPoint, for documents, templates and slide shows, with macros or without. */
    private static final Set<String> OFFICE = Set.of(
            "docx", "docm", "dotx", "dotm", "xlsx", "xlsm", "xltx", "xltm", "pptx", "pptm", "potx", "potm", "ppsx",
            "ppsm");

    private static final Set<String> OLD_OFFICE = Set.of("doc", "dot", "xls", "xlt", "ppt", "pps", "msg");
    private static final Set<String> OTHER_ZIPS =
            Set.of("odt", "ods", "odp", "odg", "epub", "pages", "numbers", "key", "xlsb", "vsdx", "zip", "jar");

    private Refusals() {}

    static DocumentException other(OtherKind kind, String extension) {
        if (kind == OtherKind.ENCRYPTED) {
            return DocumentException.unusable("the document is encrypted; save it without a password and try again");
        }
        return unsupported(kind.title(), kind.advice(), extension);
    }

    /** Holds what is known and is not read. */
    static DocumentException unsupported(String what, String advice, String extension) {
        boolean fits = extension.isEmpty() || what.contains("." + extension) || what.contains("/" + extension);
        return DocumentException.unusable(Text.format(
                "the file %sholds %s, which is not supported; %s",
                fits ? "" : "is named ." + shown(extension) + " but ", what, advice.isEmpty() ? SUPPORTED : advice));
    }

    /** Is of no format that can be told. */
    static DocumentException unknown(String extension) {
        if (extension.isEmpty()) {
            return DocumentException.unusable("the file holds neither text nor any format that is known; " + SUPPORTED);
        }
        return DocumentException.unusable(Text.format(
                "the file is named .%s but is no %s; its content is of no format that is known, so it may be damaged",
                shown(extension), expected(extension)));
    }

    /** Is named as text and is none. */
    static DocumentException notText(String extension) {
        return DocumentException.unusable(Text.format(
                "the file is named .%s but holds binary data, not text; it may be damaged, or have another format",
                shown(extension)));
    }

    /** Whether files of that name hold no text: XML below such a name is a format of its own, and plain text is only misnamed. */
    static boolean isNoText(String extension) {
        return extension.equals("pdf")
                || OFFICE.contains(extension)
                || OLD_OFFICE.contains(extension)
                || OTHER_ZIPS.contains(extension);
    }

    static DocumentException zeros(String extension) {
        return DocumentException.unusable(Text.format(
                "the file %sholds nothing but zero bytes: its content was lost; copy it again",
                extension.isEmpty() ? "" : "is named ." + shown(extension) + " but "));
    }

    static DocumentException damagedZip(String extension, Throwable cause) {
        if (OFFICE.contains(extension)) {
            return DocumentException.unusable(
                    Text.format(
                            "the %s file is damaged: its ZIP structure can't be read, or its main part is missing",
                            extension.toUpperCase(Locale.ROOT)),
                    cause);
        }
        boolean fits = extension.isEmpty() || OTHER_ZIPS.contains(extension);
        return DocumentException.unusable(
                Text.format(
                        "the file %sholds a ZIP archive that is damaged; it may have been cut off",
                        fits ? "" : "is named ." + shown(extension) + " but "),
                cause);
    }

    private static String expected(String extension) {
        if (extension.equals("zip")) {
            return "ZIP file";
        }
        String format = shown(extension).toUpperCase(Locale.ROOT) + " file";
        if (OFFICE.contains(extension)) {
            return format + ", as it is no ZIP file";
        }
        if (OLD_OFFICE.contains(extension)) {
            return format + ", as it is no OLE2 file";
        }
        return OTHER_ZIPS.contains(extension) ? format + ", as it is no ZIP file" : format;
    }

    private static String shown(String extension) {
        return Text.printable(extension, 20);
    }
}
