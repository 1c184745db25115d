package io.batchengine.documents.parse;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.batchengine.documents.DocumentException;
import io.batchengine.documents.DocumentLimits;
import io.batchengine.documents.DocumentParser;
import io.batchengine.documents.ParseMode;
import io.batchengine.documents.ParsedDocument;
import io.batchengine.documents.TestFiles;
import java.nio.charset.StandardCharsets;

/** Parses what tests made. */
final class Parsing {
    static final DocumentParser PARSER = DocumentParsers.tika(DocumentLimits.DEFAULT);

    private Parsing() {}

    static ParsedDocument document(String name, byte[] content) throws DocumentException {
        return PARSER.parse(TestFiles.of(name, content), ParseMode.LAYOUT, () -> false);
    }

    static String markdown(String name, byte[] content) throws DocumentException {
        return document(name, content).markdown();
    }

    static String markdown(String name, String content) throws DocumentException {
        return markdown(name, content.getBytes(StandardCharsets.UTF_8));
    }

    static String text(String name, byte[] content) throws DocumentException {
        return PARSER.parse(TestFiles.of(name, content), ParseMode.TEXT, () -> false)
                .markdown();
    }

    /** What is wrong with a document. */
    static DocumentException fault(String name, byte[] content) {
        return fault(PARSER, name, content);
    }

    static DocumentException fault(DocumentParser parser, String name, byte[] content) {
        return catchThrowableOfType(
                DocumentException.class,
                () -> parser.parse(TestFiles.of(name, content), ParseMode.LAYOUT, () -> false));
    }
}
