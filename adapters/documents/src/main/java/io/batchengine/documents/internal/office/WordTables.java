package io.batchengine.documents.internal.office;

import io.batchengine.documents.internal.reading.Xhtml;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** The tables that are open. A cell is started late, when what it spans is known. */
final class WordTables {
    private final Xhtml out;
    private final Deque<Cell> cells = new ArrayDeque<>();

    /** The cell of a table that is open, or the one that comes next. */
    private static final class Cell {
        private int span = 1;
        private boolean opened;
    }

    WordTables(Xhtml out) {
        this.out = out;
    }

    void startTable() {
        if (!cells.isEmpty()) {
            openCell(); // a table within a cell
        }
        out.start("table");
        cells.push(new Cell());
    }

    void endTable() {
        if (!cells.isEmpty()) {
            cells.pop();
        }
        out.end("table");
    }

    void startRow() {
        out.start("tr");
    }

    void endRow() {
        out.end("tr");
    }

    void cellProperties(Xml xml) throws IOException {
        while (xml.next() && !xml.isEnd("tcPr")) {
            if (xml.isStart("gridSpan") && !cells.isEmpty()) {
                cells.getFirst().span = Math.max(1, xml.number("val", 1));
            }
        }
    }

    void openCell() {
        if (!cells.isEmpty() && !cells.getFirst().opened) {
            Cell cell = cells.getFirst();
            cell.opened = true;
            out.start("td", "colspan", Integer.toString(cell.span));
        }
    }

    void endCell() {
        if (!cells.isEmpty()) {
            openCell();
            out.end("td");
            cells.pop();
            cells.push(new Cell());
        }
    }
}
