package io.batchengine.documents.parse;

import io.batchengine.documents.reading.DocumentReader;
import io.batchengine.documents.reading.Guard;
import io.batchengine.documents.reading.Spool;
import io.batchengine.documents.reading.Xhtml;
import io.batchengine.model.Text;
import java.io.IOException;
import java.io.InputStream;
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
    public void read(Spool document, Xhtml out, Metadata metadata, Guard guard) throws IOException {
        if (document.size() > MAX_BYTES) {
            throw guard.fail(Text.format("the HTML document is larger than the limit of %,d bytes", MAX_BYTES));
        }
        try (InputStream in = document.open()) {
            parser.parse(in, out.handler(), metadata, context());
        } catch (TikaException | SAXException e) {
            throw new IOException(e);
        }
    }

    /** Writes the text of a page that is a part of something else. */
    void write(String html, Xhtml out) throws IOException {
        try {
            parser.parseString(html, out.handler(), new Metadata(), context());
        } catch (SAXException e) {
            throw new IOException(e);
        }
    }

    private static ParseContext context() {
        ParseContext context = new ParseContext();
        context.set(HtmlMapper.class, IdentityHtmlMapper.INSTANCE);
        return context;
    }
}
