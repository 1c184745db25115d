package io.batchengine.documents.parse;

import io.batchengine.documents.ParsedDocument;
import io.batchengine.documents.internal.reading.DocumentReader;
import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.documents.internal.reading.Spool;
import io.batchengine.documents.internal.reading.Xhtml;
import io.batchengine.model.Text;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.tika.exception.TikaException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.html.HtmlMapper;
import org.apache.tika.parser.html.IdentityHtmlMapper;
import org.apache.tika.parser.html.JSoupParser;
import org.xml.sax.SAXException;

/** Reads HTML by Tika's parser, which holds the page as a tree: so pages have a limit of their own. */
final class HtmlReader implements DocumentReader {
    private static final long MAX_BYTES = 32L << 20;

    private final JSoupParser parser = new JSoupParser(new Charsets(true));

    @Override
    public void read(Spool document, Xhtml out, Metadata metadata, ReadingGuard guard) throws IOException {
        if (document.size() > MAX_BYTES) {
            throw guard.fail(Text.format("the HTML document is larger than the limit of %,d bytes", MAX_BYTES));
        }
        HtmlEnd end = new HtmlEnd();
        try (InputStream in = document.open()) {
            if (countElements(in, end, guard) > 0) {
                out.unread("script");
            }
        }
        Optional<String> damage = damage(end);
        damage.ifPresent(warning -> metadata.add(ParsedDocument.WARNINGS, warning));
        if (damage.isPresent() || end.hasNoEnd()) {
            out.unread("cut-off part");
        }
        try (InputStream in = document.open()) {
            parser.parse(in, out.handler(), metadata, context());
        } catch (TikaException | SAXException e) {
            throw new IOException(e);
        }
    }

    /** Writes the text of a page that is a part of something else; what a reader of the result is to be warned of. */
    Optional<String> write(String html, Xhtml out, ReadingGuard guard) throws IOException {
        HtmlEnd end = new HtmlEnd();
        var unused = countElements(new ByteArrayInputStream(html.getBytes(StandardCharsets.ISO_8859_1)), end, guard);
        try {
            parser.parseString(html, out.handler(), new Metadata(), context());
        } catch (SAXException e) {
            throw new IOException(e);
        }
        return damage(end);
    }

    private static Optional<String> damage(HtmlEnd end) {
        if (end.hasZeros()) {
            return Optional.of(ZeroRun.WARNING);
        }
        return end.open()
                .map(element ->
                        "damaged: " + element + " is not closed in the HTML, so that what follows it may be lost");
    }

    /** Counts what the parser would make objects of, before it does; how many scripts there are. */
    private static int countElements(InputStream in, HtmlEnd end, ReadingGuard guard) throws IOException {
        var count = new ElementCount(guard);
        for (int c = in.read(); c >= 0; c = in.read()) {
            count.next(c);
            end.next(c);
        }
        return count.scripts();
    }

    private static ParseContext context() {
        ParseContext context = new ParseContext();
        context.set(HtmlMapper.class, IdentityHtmlMapper.INSTANCE);
        return context;
    }
}
