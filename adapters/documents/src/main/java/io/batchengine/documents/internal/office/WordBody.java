package io.batchengine.documents.internal.office;

import io.batchengine.documents.internal.office.OfficePackage.Relationship;
import io.batchengine.documents.internal.office.WordStyles.Numbering;
import io.batchengine.documents.internal.reading.ListWriter;
import io.batchengine.documents.internal.reading.Shift;
import io.batchengine.documents.internal.reading.Xhtml;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the elements of a Word part into XHTML, one after the other. */
final class WordBody {
    private final Xhtml out;
    private final WordStyles styles;
    private final WordNumbering numbering;
    private final Map<String, Relationship> relationships;
    private final ListWriter lists;
    private final WordFields fields = new WordFields();
    private final Deque<Paragraph> paragraphs = new ArrayDeque<>();
    private final WordTables tables;
    private Run run = new Run();
    private @Nullable String link;
    private @Nullable String note;
    private int cellDepth;

    /** A paragraph that is open; its element is started with its first text. */
    private static final class Paragraph {
        private Optional<String> style = Optional.empty();
        private @Nullable Integer outline;
        private int list = -1;
        private int level;
        private @Nullable String element;
        /** Whether the last letter so far is no blank. */
        private boolean inWord;
    }

    private static final class Run {
        private boolean bold;
        private boolean italic;
        private boolean strike;
        private boolean hidden;
        private Optional<String> style = Optional.empty();
        private @Nullable String alignment;
        private @Nullable String position;
    }

    WordBody(Xhtml out, WordStyles styles, WordNumbering numbering, Map<String, Relationship> relationships) {
        this.out = out;
        this.styles = styles;
        this.numbering = numbering;
        this.relationships = relationships;
        this.lists = new ListWriter(out);
        this.tables = new WordTables(out);
    }

    void close() {
        lists.close();
    }

    /** Takes the event at which the reader stands. */
    void take(Xml xml) throws IOException {
        if (xml.isStart()) {
            start(xml);
        } else if (xml.isEnd()) {
            end(xml.name());
        }
    }

    private void start(Xml xml) throws IOException {
        switch (xml.name()) {
            // The fallback repeats what the choice before it says; what was deleted or moved away is no text.
            case "Fallback", "del", "moveFrom", "sectPr" -> xml.skip();
            case "p" -> paragraphs.push(new Paragraph());
            case "pPr" -> paragraphProperties(xml);
            case "r" -> run = new Run();
            case "rPr" -> runProperties(xml);
            case "t" -> text(xml.elementText());
            case "blip", "imagedata" -> out.unread("image");
            case "chart" -> out.unread("chart");
            case "relIds", "textpath", "contentPart" -> out.unread("drawing"); // SmartArt, WordArt, ink
            case "OLEObject", "altChunk" -> out.unread("embedded object");
            case "tab", "ptab" -> text("\t");
            case "noBreakHyphen" -> text("-");
            case "br", "cr" -> {
                if (!xml.attribute("type").orElse("").equals("page")) {
                    lineBreak();
                }
            }
            case "sym" -> text(symbol(xml));
            case "hyperlink" -> link = xml.attribute("id").map(this::external).orElse(null);
            case "fldSimple" -> fields.simple(xml.attribute("instr").orElse(""));
            case "fldChar" -> fields.mark(xml.attribute("fldCharType").orElse(""));
            case "instrText" -> fields.instruction(xml.elementText());
            case "footnoteReference", "endnoteReference" ->
                text("[" + xml.attribute("id").orElse("") + "]");
            case "footnote", "endnote" -> {
                if (xml.attribute("type").isPresent()) {
                    xml.skip(); // the line between text and notes
                } else {
                    note = "[" + xml.attribute("id").orElse("") + "] ";
                }
            }
            default -> startTablePart(xml);
        }
    }

    private void startTablePart(Xml xml) throws IOException {
        switch (xml.name()) {
            case "tbl" -> {
                closeLists();
                tables.startTable();
            }
            case "tr" -> tables.startRow();
            case "tc" -> cellDepth++;
            case "tcPr" -> tables.cellProperties(xml);
            default -> {
                // Containers are transparent.
            }
        }
    }

    private void end(String name) {
        switch (name) {
            case "p" -> endParagraph();
            case "hyperlink" -> link = null;
            case "fldSimple" -> fields.mark("end");
            case "tbl" -> tables.endTable();
            case "tr" -> tables.endRow();
            case "tc" -> {
                closeLists();
                tables.endCell();
                cellDepth--;
            }
            default -> {
                // Opened nothing.
            }
        }
    }

    private void paragraphProperties(Xml xml) throws IOException {
        Paragraph paragraph = paragraphs.isEmpty() ? new Paragraph() : paragraphs.getFirst();
        while (xml.next() && !xml.isEnd("pPr")) {
            if (xml.isStart()) {
                switch (xml.name()) {
                    case "pStyle" -> paragraph.style = xml.attribute("val");
                    case "outlineLvl" -> paragraph.outline = WordStyles.outline(xml.number("val", -1));
                    case "numId" -> paragraph.list = xml.number("val", 0);
                    case "ilvl" -> paragraph.level = Math.max(0, xml.number("val", 0));
                    case "rPr", "sectPr", "pPrChange" -> xml.skip();
                    default -> {
                        // The rest is looks.
                    }
                }
            }
        }
    }

    private void runProperties(Xml xml) throws IOException {
        while (xml.next() && !xml.isEnd("rPr")) {
            if (xml.isStart()) {
                switch (xml.name()) {
                    case "rStyle" -> {
                        run.style = xml.attribute("val");
                        run.bold |= styles.bold(xml.attribute("val"));
                        run.italic |= styles.italic(xml.attribute("val"));
                    }
                    case "b" -> run.bold = WordStyles.isOn(xml);
                    case "i" -> run.italic = WordStyles.isOn(xml);
                    case "strike", "dstrike" -> run.strike = WordStyles.isOn(xml);
                    case "vertAlign" ->
                        run.alignment = Shift.ofAlignment(xml.attribute("val").orElse(""));
                    case "position" ->
                        run.position = Shift.ofHalfPoints(xml.attribute("val").orElse(""));
                    case "vanish" -> run.hidden = WordStyles.isOn(xml);
                    case "rPrChange" -> xml.skip();
                    default -> {
                        // The rest is looks.
                    }
                }
            }
        }
    }

    private void text(String text) {
        if (paragraphs.isEmpty() || run.hidden || fields.inInstruction() || text.isEmpty()) {
            return;
        }
        Paragraph paragraph = paragraphs.getFirst();
        if (paragraph.element == null) {
            open(paragraph);
        }
        String target = link == null ? fields.link() : link;
        out.run(text, shift(paragraph), run.bold, run.italic, run.strike, target);
        paragraph.inWord = !Character.isWhitespace(text.charAt(text.length() - 1));
    }

    /** A position counts within a word alone: whole words are moved to fit a form. */
    private String shift(Paragraph paragraph) {
        String alignment = run.alignment != null
                ? run.alignment
                : styles.alignment(run.style)
                        .or(() -> styles.alignment(paragraph.style))
                        .orElse(Shift.NONE);
        if (!alignment.isEmpty() || !paragraph.inWord) {
            return alignment;
        }
        return run.position != null
                ? run.position
                : styles.position(run.style)
                        .or(() -> styles.position(paragraph.style))
                        .orElse(Shift.NONE);
    }

    private void lineBreak() {
        if (!paragraphs.isEmpty() && paragraphs.getFirst().element != null) {
            out.lineBreak();
        }
    }

    private void open(Paragraph paragraph) {
        if (cellDepth > 0) {
            tables.openCell();
        }
        int heading =
                paragraph.outline == null ? styles.heading(paragraph.style).orElse(0) : paragraph.outline;
        Optional<Numbering> place = paragraph.list < 0
                ? styles.numbering(paragraph.style)
                : Optional.of(new Numbering(paragraph.list, paragraph.level));
        if (heading == 0 && place.isPresent() && place.get().list() > 0) {
            Numbering numbered = place.get();
            lists.item(numbered.level(), numbering.isOrdered(numbered), numbering.next(numbered));
            paragraph.element = "";
        } else {
            closeLists();
            paragraph.element = heading > 0 ? "h" + heading : "p";
            out.start(paragraph.element);
        }
        if (note != null) {
            out.text(note);
            note = null;
        }
    }

    private void endParagraph() {
        if (!paragraphs.isEmpty()) {
            String element = paragraphs.pop().element;
            if (element != null && !element.isEmpty()) {
                out.end(element);
            }
        }
    }

    private void closeLists() {
        lists.close();
    }

    private @Nullable String external(String id) {
        Relationship relationship = relationships.get(id);
        return relationship != null && relationship.external() ? relationship.target() : null;
    }

    /** A character of a symbol font, of which the private-use ones are bullets and arrows without a name. */
    private static String symbol(Xml xml) {
        String code = xml.attribute("char").orElse("");
        if (!code.matches("[0-9A-Fa-f]{1,4}")) {
            return "";
        }
        char c = (char) Integer.parseInt(code, 16);
        return Character.getType(c) == Character.PRIVATE_USE || Character.isSurrogate(c) ? "" : String.valueOf(c);
    }
}
