package io.batchengine.documents.internal.reading;

import org.jspecify.annotations.Nullable;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.AttributesImpl;

/** Sends XHTML events. A run of text carries its own style, so that elements can't get out of balance. */
public final class Xhtml {
    private static final AttributesImpl NONE = new AttributesImpl();

    /** The attribute of a heading that is no text of the document. */
    public static final String LABEL = "data-batch-engine-label";
    /** The attribute of what the document holds as a number; it has the text. */
    public static final String NUMBER = "data-batch-engine-number";
    /** The attribute of what the document holds as a text and may look like a number; it has the text. */
    public static final String NO_NUMBER = "data-batch-engine-no-number";
    /** The attribute with which a sheet or a slide begins; it has what that is called. */
    public static final String PART = "data-batch-engine-part";
    /** The attribute that names the kind of something that is not read. */
    public static final String KIND = "data-batch-engine-kind";

    private final ContentHandler handler;

    /**
     * Sends to a handler.
     *
     * @param handler takes the events
     */
    public Xhtml(ContentHandler handler) {
        this.handler = handler;
    }

    /** Where the events go. */
    public ContentHandler handler() {
        return handler;
    }

    /** Starts an element. */
    public void start(String name) {
        send(() -> handler.startElement("", name, name, NONE));
    }

    /** Starts an element that has an attribute. */
    public void start(String name, String attribute, String value) {
        AttributesImpl attributes = new AttributesImpl();
        attributes.addAttribute("", attribute, attribute, "CDATA", value);
        send(() -> handler.startElement("", name, name, attributes));
    }

    /** Ends an element. */
    public void end(String name) {
        send(() -> handler.endElement("", name, name));
    }

    /** Text without a style. */
    public void text(String text) {
        send(() -> handler.characters(text.toCharArray(), 0, text.length()));
    }

    /** An element that holds a text. */
    public void element(String name, String text) {
        start(name);
        text(text);
        end(name);
    }

    /** A heading that the document does not have itself, such as a sheet's name: it makes no document of a blank one. */
    public void label(String name, String text) {
        start(name, LABEL, "");
        text(text);
        end(name);
    }

    /** Something that may hold text, which is not read: an image, a chart, an embedded object. */
    public void unread(String kind) {
        start("object", KIND, kind);
        end("object");
    }

    /** A part of the document begins, such as {@code slide 2}; an empty name ends the last one. */
    public void part(String name) {
        start("data", PART, name);
        end("data");
    }

    /** A line break. */
    public void lineBreak() {
        start("br");
        end("br");
    }

    /** Text with a style; a null link is none. */
    public void run(String text, boolean bold, boolean italic, boolean strike, @Nullable String href) {
        if (href != null) {
            start("a", "href", href);
        }
        startIf(bold, "b");
        startIf(italic, "i");
        startIf(strike, "s");
        text(text);
        endIf(strike, "s");
        endIf(italic, "i");
        endIf(bold, "b");
        endIf(href != null, "a");
    }

    /** Text with a style that stands above or below its line, see {@link Shift}. */
    public void run(String text, String shift, boolean bold, boolean italic, boolean strike, @Nullable String href) {
        startIf(!shift.isEmpty(), shift);
        run(text, bold, italic, strike, href);
        endIf(!shift.isEmpty(), shift);
    }

    private void startIf(boolean wanted, String name) {
        if (wanted) {
            start(name);
        }
    }

    private void endIf(boolean wanted, String name) {
        if (wanted) {
            end(name);
        }
    }

    @FunctionalInterface
    private interface Event {
        void send() throws SAXException;
    }

    private static void send(Event event) {
        try {
            event.send();
        } catch (SAXException e) { // the handlers of this module throw none
            throw new IllegalStateException(e);
        }
    }
}
