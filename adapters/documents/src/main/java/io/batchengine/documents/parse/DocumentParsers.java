package io.batchengine.documents.parse;

import io.batchengine.documents.DocumentLimits;
import io.batchengine.documents.DocumentParser;
import org.apiguardian.api.API;

/**
 * The document parsers of this module.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class DocumentParsers {
    private DocumentParsers() {}

    /**
     * A parser of PDF, DOCX, XLSX, PPTX, HTML, RTF, plain text, Markdown, CSV and EML. The kind of a document is told by its content
     * first and by its name second. It reads no network and no file but the document; it holds no threads.
     *
     * @param limits what one document may cost
     * @return the parser, for any number of threads
     */
    public static DocumentParser tika(DocumentLimits limits) {
        return new TikaDocumentParser(limits);
    }
}
