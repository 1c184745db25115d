package io.batchengine.documents.internal.pdf;

import java.util.Optional;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;

/** Tells forms that are not drawn on the document's pages: an XFA form's pages only ask for another viewer. */
final class XfaForm {
    private static final COSName NEEDS_RENDERING = COSName.getPDFName("NeedsRendering");

    private XfaForm() {}

    /** What a reader of the result is to be warned of. An XFA form with fields of its own has its content on its pages, too. */
    static Optional<String> check(PDDocument pdf) {
        COSDictionary catalog = pdf.getDocumentCatalog().getCOSObject();
        COSDictionary form = catalog.getCOSDictionary(COSName.ACRO_FORM);
        if (form == null || form.getDictionaryObject(COSName.XFA) == null) {
            return Optional.empty();
        }
        COSArray fields = form.getCOSArray(COSName.FIELDS);
        boolean drawn = fields != null && fields.size() > 0 && !catalog.getBoolean(NEEDS_RENDERING, false);
        return drawn
                ? Optional.empty()
                : Optional.of("the PDF document is an XFA form, of which only what its pages show without it was read;"
                        + " print it to a PDF file first");
    }
}
