package io.batchengine.documents.internal.office;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.batchengine.documents.internal.reading.ReadingGuard;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A part's XML as a stream of events, by local names. A document type declaration ends the reading: no document needs one, and its
 * entities could read files or fill the memory.
 */
final class Xml implements AutoCloseable {
    private static final XMLInputFactory FACTORY = factory();

    private static final int MAX_DIGITS = 9;
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final InputStream in;
    private final XMLStreamReader reader;
    private final ReadingGuard guard;
    private int depth;
    private int event;

    Xml(InputStream in, ReadingGuard guard) throws IOException {
        this.in = in;
        this.guard = guard;
        try {
            synchronized (FACTORY) { // the JDK's factory hands its last reader out again
                this.reader = FACTORY.createXMLStreamReader(decoded(in));
            }
        } catch (XMLStreamException e) {
            in.close();
            throw new IOException("a part is not XML", e);
        }
    }

    /** As Office writes it, UTF-8 or UTF-16. The JDK's own decoding prints to the terminal what it can't decode. */
    private static Reader decoded(InputStream in) throws IOException {
        PushbackInputStream start = new PushbackInputStream(in, 2);
        byte[] head = start.readNBytes(2);
        start.unread(head);
        boolean big = head.length == 2
                && ((head[0] == (byte) 0xfe && head[1] == (byte) 0xff) || (head[0] == 0 && head[1] == '<'));
        boolean little = head.length == 2
                && ((head[0] == (byte) 0xff && head[1] == (byte) 0xfe) || (head[0] == '<' && head[1] == 0));
        Charset charset = big ? UTF_16BE : little ? UTF_16LE : UTF_8;
        PushbackReader reader = new PushbackReader(new InputStreamReader(start, charset));
        int first = reader.read();
        if (first >= 0 && first != BYTE_ORDER_MARK) {
            reader.unread(first);
        }
        return reader;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setProperty("reuse-instance", false);
        // The guard's limits count. Newer JDKs have some that large ordinary documents pass.
        factory.setProperty("jdk.xml.maxElementDepth", "0");
        factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", "0");
        factory.setProperty("jdk.xml.totalEntitySizeLimit", "0");
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("external entities are not read");
        });
        return factory;
    }

    /** Goes to the next start, end or text; false at the end. */
    boolean next() throws IOException {
        try {
            while (reader.hasNext()) {
                guard.check();
                event = reader.next();
                switch (event) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        guard.depth(++depth);
                        return true;
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        depth--;
                        return true;
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                        return true;
                    }
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw guard.fail("the document's XML declares or uses entities, which is not allowed");
                    default -> {
                        // Comments and processing instructions are no text.
                    }
                }
            }
            return false;
        } catch (XMLStreamException e) {
            throw new IOException("a part is not valid XML", e);
        }
    }

    /** Goes to the root element, which is of that name unless the part is damaged or another one. */
    void root(String name) throws IOException {
        while (next() && !isStart()) {
            // comes before it
        }
        if (!isStart(name)) {
            throw new IOException("a part is not a " + name);
        }
    }

    boolean isStart() {
        return event == XMLStreamConstants.START_ELEMENT;
    }

    boolean isEnd() {
        return event == XMLStreamConstants.END_ELEMENT;
    }

    boolean isStart(String name) {
        return isStart() && name().equals(name);
    }

    boolean isEnd(String name) {
        return isEnd() && name().equals(name);
    }

    /** The local name of the element that starts or ends. */
    String name() {
        return reader.getLocalName();
    }

    /** The name with its prefix. */
    String prefixedName() {
        String prefix = reader.getPrefix();
        return prefix == null || prefix.isEmpty() ? name() : prefix + ':' + name();
    }

    int depth() {
        return depth;
    }

    String text() {
        return reader.getText();
    }

    /** An attribute of the element that starts, by its local name. */
    Optional<String> attribute(String name) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals(name)) {
                return Optional.of(reader.getAttributeValue(i));
            }
        }
        return Optional.empty();
    }

    /** An attribute that has a namespace of its own, such as {@code r:id} beside {@code id}. */
    Optional<String> relationship(String name) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals(name) && hasNamespace(i)) {
                return Optional.of(reader.getAttributeValue(i));
            }
        }
        return Optional.empty();
    }

    private boolean hasNamespace(int attribute) {
        String namespace = reader.getAttributeNamespace(attribute);
        return namespace != null && !namespace.isEmpty();
    }

    int number(String attribute, int otherwise) {
        String value = attribute(attribute).orElse("");
        int start = value.startsWith("-") ? 1 : 0;
        boolean digits = value.length() > start && value.length() <= start + MAX_DIGITS;
        for (int i = start; i < value.length() && digits; i++) {
            digits = value.charAt(i) >= '0' && value.charAt(i) <= '9';
        }
        return digits ? Integer.parseInt(value) : otherwise;
    }

    /** Something is kept of the element. */
    void entry() {
        guard.entry();
    }

    /** Goes past the element that starts here. */
    void skip() throws IOException {
        int outer = depth - 1;
        while (depth > outer && next()) {
            // its content is not wanted
        }
    }

    /** The text of the element that starts here, and goes to its end. */
    String elementText() throws IOException {
        int outer = depth - 1;
        StringBuilder out = new StringBuilder();
        while (depth > outer && next()) {
            if (!isStart() && !isEnd()) {
                guard.buffered(text().length());
                out.append(text());
                guard.held(out.length());
            }
        }
        return out.toString();
    }

    @Override
    public void close() throws IOException {
        try {
            reader.close();
        } catch (XMLStreamException e) {
            throw new IOException("a part can't be closed", e);
        } finally {
            in.close();
        }
    }
}
