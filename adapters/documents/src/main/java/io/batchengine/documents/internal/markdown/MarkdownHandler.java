package io.batchengine.documents.internal.markdown;

import io.batchengine.documents.NumberCells;
import io.batchengine.documents.ParseMode;
import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.documents.internal.reading.Shift;
import io.batchengine.documents.internal.reading.Xhtml;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Turns XHTML events into Markdown, or into plain text where no layout is wanted. Elements that it does not know are transparent.
 */
public final class MarkdownHandler extends DefaultHandler {
    private static final Set<String> SKIPPED =
            Set.of("head", "script", "style", "template", "svg", "math", "object", "iframe", "select", "noembed");
    private static final Set<String> BLOCKS = Set.of(
            "p",
            "div",
            "section",
            "article",
            "header",
            "footer",
            "main",
            "aside",
            "nav",
            "address",
            "figure",
            "figcaption",
            "form",
            "fieldset",
            "legend",
            "dl",
            "dt",
            "dd",
            "center",
            "details",
            "summary",
            "body",
            "html",
            "caption");
    private static final Map<String, Integer> HEADINGS = Map.of("h1", 1, "h2", 2, "h3", 3, "h4", 4, "h5", 5, "h6", 6);

    private final ReadingGuard guard;
    private final boolean marked;
    private final Blocks blocks;
    private final Deque<Style> styles = new ArrayDeque<>();
    private final StringBuilder preformatted = new StringBuilder();
    private int depth;
    private final Unread unread = new Unread();
    private final Parts parts = new Parts();
    private final NumberCells.Builder numbers = new NumberCells.Builder();
    private int skipDepth;
    private int labelDepth;
    /** Of the outermost element that raises or lowers its text; the other is what it does. */
    private int raisedDepth;

    private String shift = Shift.NONE;
    private boolean hasText;
    private int preDepth;
    private int preformattedLetters;

    /**
     * A handler for one document.
     *
     * @param mode Markdown or plain text
     * @param guard watches depth and length
     */
    public MarkdownHandler(ParseMode mode, ReadingGuard guard) {
        this.guard = guard;
        this.marked = mode == ParseMode.LAYOUT;
        this.blocks = new Blocks(guard, marked);
        styles.push(Style.PLAIN);
    }

    private void foundText() {
        hasText = true;
        parts.text();
    }

    /** What was made of the events so far. */
    public String text() {
        blocks.flush();
        return blocks.text();
    }

    /** What the document holds where it has no text of its own, as in "2 images"; empty for one that is blank or has text. */
    public String unread() {
        return hasText ? "" : unread.text();
    }

    /** What a reader of the result is to be warned of: sheets or slides that hold something and no text. */
    public Optional<String> unreadParts() {
        parts.begin("");
        return parts.warning();
    }

    /** The texts that the document holds as numbers. */
    public NumberCells numbers() {
        return numbers.build();
    }

    @Override
    public void startElement(String uri, String localName, String qName, Attributes attributes) {
        guard.check();
        guard.depth(++depth);
        String name = name(localName, qName);
        if (skipDepth == 0) {
            unread.element(name, attributes);
            parts.element(name, attributes);
        }
        String part = attributes.getValue(Xhtml.PART);
        if (part != null) {
            parts.begin(part);
        }
        labelDepth = labelDepth == 0 && attributes.getValue(Xhtml.LABEL) != null ? depth : labelDepth;
        if (raisedDepth == 0) {
            shift = Raised.shift(name, attributes.getValue("style"));
            raisedDepth = shift.isEmpty() ? 0 : depth;
        }
        if (skipDepth > 0 || SKIPPED.contains(name)) {
            skipDepth++;
            return;
        }
        String number = attributes.getValue(Xhtml.NUMBER);
        if (number != null) {
            numbers.add(number);
        }
        String noNumber = attributes.getValue(Xhtml.NO_NUMBER);
        if (noNumber != null) {
            numbers.addText(noNumber);
        }
        styles.push(style(name, attributes));
        start(name, attributes);
    }

    @Override
    public void endElement(String uri, String localName, String qName) {
        guard.check();
        labelDepth = labelDepth == depth ? 0 : labelDepth;
        if (raisedDepth == depth) {
            raisedDepth = 0;
            shift = Shift.NONE;
        }
        depth--;
        if (skipDepth > 0) {
            skipDepth--;
            return;
        }
        end(name(localName, qName));
        if (styles.size() > 1) {
            styles.pop();
        }
    }

    @Override
    public void characters(char[] text, int start, int length) {
        guard.buffered(length);
        if (skipDepth > 0) {
            return;
        }
        if (labelDepth == 0 && !isBlank(text, start, length)) {
            foundText();
        }
        String piece = Shift.apply(shift, new String(text, start, length));
        if (preDepth > 0) {
            for (int i = start; i < start + length; i++) {
                preformattedLetters += Character.isWhitespace(text[i]) ? 0 : 1;
            }
            preformatted.append(piece);
            guard.gathered(preformattedLetters);
        } else {
            blocks.text(piece, styles.getFirst());
        }
    }

    @Override
    public void ignorableWhitespace(char[] text, int start, int length) {
        characters(text, start, length);
    }

    private void start(String name, Attributes attributes) {
        Integer level = HEADINGS.get(name);
        if (level != null) {
            blocks.startHeading(level);
            return;
        }
        switch (name) {
            case "ul", "menu", "dir" -> blocks.startList(false, 1);
            case "ol" -> blocks.startList(true, number(attributes.getValue("start"), 1));
            case "li" -> blocks.startItem();
            case "blockquote" -> blocks.startQuote();
            case "pre", "textarea", "listing", "xmp", "plaintext" -> preDepth++;
            case "br" -> lineBreak();
            case "hr" -> blocks.rule();
            case "img" -> image(attributes);
            case "table" -> blocks.startTable();
            case "tr" -> blocks.startRow();
            case "td", "th" ->
                blocks.startCell(number(attributes.getValue("colspan"), 1), number(attributes.getValue("rowspan"), 1));
            default -> {
                if (BLOCKS.contains(name)) {
                    blocks.flush();
                }
            }
        }
    }

    private void end(String name) {
        if (HEADINGS.containsKey(name)) {
            blocks.endHeading();
            return;
        }
        switch (name) {
            case "ul", "ol", "menu", "dir" -> blocks.endList();
            case "li" -> blocks.endItem();
            case "blockquote" -> blocks.endQuote();
            case "pre", "textarea", "listing", "xmp" -> endPreformatted(true);
            case "plaintext" -> endPreformatted(false);
            case "table" -> blocks.endTable();
            case "tr" -> blocks.endRow();
            case "td", "th" -> blocks.endCell();
            default -> {
                if (BLOCKS.contains(name)) {
                    blocks.flush();
                }
            }
        }
    }

    private Style style(String name, Attributes attributes) {
        Style outer = styles.getFirst();
        return switch (name) {
            case "b", "strong" -> outer.withBold();
            case "i", "em", "cite", "dfn", "var" -> outer.withItalic();
            case "s", "del", "strike" -> outer.withStrike();
            case "code", "tt", "kbd", "samp" -> outer.withCode();
            case "a" -> outer.withLink(attributes.getValue("href"));
            case "th" -> outer.withoutBold();
            default -> outer;
        };
    }

    private void lineBreak() {
        if (preDepth > 0) {
            preformatted.append('\n');
        } else {
            blocks.lineBreak();
        }
    }

    private void image(Attributes attributes) {
        String description = attributes.getValue("alt");
        if (description != null && !description.isBlank()) {
            guard.buffered(description.length());
            foundText();
            Style style = styles.getFirst();
            blocks.text(description, style.href() == null ? style.asImage(attributes.getValue("src")) : style);
        }
    }

    /** Ends text whose white space counts: a program, or a letter that was typed as text and is given as it is. */
    private void endPreformatted(boolean fenced) {
        if (preDepth > 0 && --preDepth == 0) {
            String text = preformatted.toString();
            preformatted.setLength(0);
            preformattedLetters = 0;
            blocks.preformatted(text, fenced);
        }
    }

    private static boolean isBlank(char[] text, int start, int length) {
        for (int i = start; i < start + length; i++) {
            if (!Character.isWhitespace(text[i]) && text[i] != '\u00a0' && text[i] != '\ufeff') {
                return false;
            }
        }
        return true;
    }

    private static String name(String localName, String qName) {
        String name = localName.isEmpty() ? qName : localName;
        return name.toLowerCase(Locale.ROOT);
    }

    private static int number(@Nullable String value, int otherwise) {
        if (value == null || !value.matches("[0-9]{1,6}")) {
            return otherwise;
        }
        return Math.max(1, Integer.parseInt(value));
    }
}
