package io.batchengine.documents.parse;

import io.batchengine.documents.DocumentException;
import io.batchengine.documents.DocumentLimits;
import io.batchengine.documents.DocumentParser;
import io.batchengine.documents.ParseMode;
import io.batchengine.documents.ParsedDocument;
import io.batchengine.documents.internal.markdown.MarkdownHandler;
import io.batchengine.documents.internal.reading.DocumentReader;
import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.documents.internal.reading.Spool;
import io.batchengine.documents.internal.reading.Xhtml;
import io.batchengine.model.Text;
import io.batchengine.spi.SourceFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.apache.tika.metadata.Metadata;

/** Reads a document: tells its kind, has its reader send XHTML, and makes sure that whatever goes wrong is told in plain words. */
final class TikaDocumentParser implements DocumentParser {
    private final FormatDetector detector;
    private final DocumentLimits limits;

    TikaDocumentParser(DocumentLimits limits) {
        this(new FormatDetector(), limits);
    }

    private TikaDocumentParser(FormatDetector detector, DocumentLimits limits) {
        this.detector = detector;
        this.limits = limits;
    }

    @Override
    public DocumentParser withLimits(UnaryOperator<DocumentLimits> change) {
        return new TikaDocumentParser(detector, change.apply(limits));
    }

    @Override
    public ParsedDocument parse(SourceFile file, ParseMode mode, BooleanSupplier stopRequested)
            throws DocumentException {
        ReadingGuard guard = new ReadingGuard(limits, stopRequested);
        try {
            guard.checkNow();
            try (Spool document = Spool.read(file, guard)) {
                if (document.size() == 0) {
                    throw DocumentException.unusable("the file is empty");
                }
                return parse(document, file.name(), mode, guard);
            }
        } catch (ReadingGuard.Tripped e) {
            throw reason(guard, e);
        } catch (IOException e) {
            throw DocumentException.unreadable("the file can't be read: a temporary file failed", e);
        }
    }

    private ParsedDocument parse(Spool document, String name, ParseMode mode, ReadingGuard guard)
            throws DocumentException {
        String kind = "";
        try {
            Format format = detector.detect(document, name, guard);
            kind = format.title() + " ";
            Metadata metadata = new Metadata();
            metadata.set("Content-Type", format.mediaType());
            ParsedDocument parsed = read(format, document, mode, metadata, guard);
            guard.checkNow();
            return parsed;
        } catch (StackOverflowError e) {
            throw DocumentException.unusable(Text.format("the %sdocument is nested too deeply", kind), e);
        } catch (IOException | RuntimeException e) {
            if (guard.failure() != null) {
                throw reason(guard, e);
            }
            throw DocumentException.unusable(Text.format("the %sdocument is damaged and can't be read", kind), e);
        }
    }

    private static ParsedDocument read(
            Format format, Spool document, ParseMode mode, Metadata metadata, ReadingGuard guard) throws IOException {
        DocumentReader reader = format.reader();
        if (reader == null) {
            String text = TextContent.whole(TextContent.read(document, metadata, guard));
            guard.output(text.length());
            return new ParsedDocument(text, values(metadata));
        }
        MarkdownHandler handler = new MarkdownHandler(mode, guard);
        reader.read(document, new Xhtml(handler), metadata, guard);
        String text = handler.text();
        if (!handler.unread().isEmpty()) {
            throw guard.fail(
                    Text.format("no text: the %s document holds nothing but %s", format.title(), handler.unread()));
        }
        handler.unreadParts().ifPresent(warning -> metadata.add(ParsedDocument.WARNINGS, warning));
        return new ParsedDocument(text, values(metadata), handler.numbers());
    }

    private static DocumentException reason(ReadingGuard guard, Exception thrown) {
        DocumentException failure = guard.failure();
        return failure != null ? failure : DocumentException.unusable("the document can't be read", thrown);
    }

    /** Without what Tika notes for itself. */
    private static Map<String, List<String>> values(Metadata metadata) {
        Map<String, List<String>> values = new TreeMap<>();
        for (String name : metadata.names()) {
            if (!name.startsWith("X-TIKA")) {
                values.put(name, List.of(metadata.getValues(name)));
            }
        }
        return values;
    }
}
