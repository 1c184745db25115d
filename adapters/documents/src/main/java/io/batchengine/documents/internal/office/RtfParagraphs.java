package io.batchengine.documents.internal.office;

import io.batchengine.documents.internal.reading.ListWriter;
import io.batchengine.documents.internal.reading.Xhtml;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The paragraph, cell, row and list of an RTF document that are open. Their properties come before the text. */
final class RtfParagraphs {
    private static final Pattern NUMBER = Pattern.compile("\\s*\\(?([0-9]{1,6}|[A-Za-z]{1,4})[.)].*", Pattern.DOTALL);

    private final Xhtml out;
    private final ListWriter lists;
    private final StringBuilder mark = new StringBuilder();
    private int heading;
    private boolean list;
    private int level;
    private boolean inTable;
    private boolean rowDefined;
    private boolean tableOpen;
    private boolean rowOpen;
    private boolean cellOpen;
    private @Nullable String element;

    RtfParagraphs(Xhtml out) {
        this.out = out;
        this.lists = new ListWriter(out);
    }

    /** The paragraph's properties are the usual ones again. */
    void reset() {
        heading = 0;
        list = false;
        level = 0;
        inTable = false;
    }

    void heading(int headingLevel) {
        heading = headingLevel;
    }

    void inList() {
        list = true;
    }

    void level(int listLevel) {
        level = Math.max(0, listLevel);
    }

    void inTable() {
        inTable = true;
    }

    /** A row's cells follow, whether their paragraphs say so or not. */
    void startRow() {
        rowDefined = true;
    }

    /** The bullet or number, as text. */
    void listMark(String text) {
        list = true;
        if (mark.length() < 100) {
            mark.append(text);
        }
    }

    void text(String text, RtfState look, @Nullable String link) {
        if (element == null) {
            if (text.isBlank()) {
                return;
            }
            open();
        }
        out.run(text, look.shift, look.bold, look.italic, look.strike, link);
    }

    void lineBreak() {
        if (element != null) {
            out.lineBreak();
        }
    }

    void endParagraph() {
        if (element != null && !element.isEmpty()) {
            out.end(element);
        }
        element = null;
        mark.setLength(0);
    }

    void endCell() {
        openCell();
        endParagraph();
        lists.close();
        out.end("td");
        cellOpen = false;
    }

    void endRow() {
        endParagraph();
        closeRow();
    }

    private void closeRow() {
        rowDefined = false;
        if (rowOpen) {
            if (cellOpen) {
                endCell();
            }
            out.end("tr");
            rowOpen = false;
        }
    }

    void close() {
        endParagraph();
        endRow();
        lists.close();
        closeTable();
    }

    private void open() {
        if (inTable || rowDefined) {
            openCell();
        } else {
            closeRow();
            closeTable();
        }
        if (list && heading == 0) {
            var number = NUMBER.matcher(mark);
            boolean ordered = number.matches();
            int first = ordered && Character.isDigit(number.group(1).charAt(0)) ? Integer.parseInt(number.group(1)) : 1;
            lists.item(level, ordered, first);
            element = "";
        } else {
            lists.close();
            element = heading > 0 ? "h" + heading : "p";
            out.start(element);
        }
    }

    private void openCell() {
        if (!tableOpen) {
            lists.close();
            out.start("table");
            tableOpen = true;
        }
        if (!rowOpen) {
            out.start("tr");
            rowOpen = true;
        }
        if (!cellOpen) {
            out.start("td");
            cellOpen = true;
        }
    }

    private void closeTable() {
        if (tableOpen) {
            out.end("table");
            tableOpen = false;
        }
    }
}
