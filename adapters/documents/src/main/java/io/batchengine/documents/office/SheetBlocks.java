package io.batchengine.documents.office;

import io.batchengine.documents.reading.Guard;
import io.batchengine.documents.reading.Xhtml;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a sheet, as blocks with empty rows between them. Blocks that begin and end in the same columns are one table with a gap; a
 * block of one column is text.
 */
final class SheetBlocks {
    private final Guard guard;
    private final List<Block> blocks = new ArrayList<>();
    private int lastRow;

    SheetBlocks(Guard guard) {
        this.guard = guard;
    }

    private record Cell(int column, String text, @Nullable String link) {}

    private static final class Block {
        private final List<List<Cell>> rows = new ArrayList<>();
        private int first = Integer.MAX_VALUE;
        private int last;

        private boolean isTable() {
            return last > first;
        }

        private boolean continues(Block before) {
            return isTable() && first == before.first && last == before.last;
        }
    }

    /** Adds a cell; rows and columns come in ascending order. */
    void cell(int row, int column, String text, @Nullable String link) {
        guard.buffered(text.length() + 1);
        if (blocks.isEmpty() || row > lastRow + 1) {
            blocks.add(new Block());
        }
        Block block = blocks.get(blocks.size() - 1);
        if (block.rows.isEmpty() || row != lastRow) {
            block.rows.add(new ArrayList<>());
        }
        block.rows.get(block.rows.size() - 1).add(new Cell(column, text, link));
        block.first = Math.min(block.first, column);
        block.last = Math.max(block.last, column);
        lastRow = row;
    }

    void write(Xhtml out) {
        Block before = null;
        for (Block block : blocks) {
            boolean continues = before != null && block.continues(before);
            if (before != null && before.isTable() && !continues) {
                out.end("table");
            }
            if (block.isTable() && !continues) {
                out.start("table");
            }
            block.rows.forEach(row -> writeRow(out, block, row));
            before = block;
        }
        if (before != null && before.isTable()) {
            out.end("table");
        }
    }

    private static void writeRow(Xhtml out, Block block, List<Cell> row) {
        if (!block.isTable()) {
            out.start("p");
            row.forEach(cell -> out.run(cell.text, false, false, false, cell.link));
            out.end("p");
            return;
        }
        out.start("tr");
        int column = block.first;
        for (Cell cell : row) {
            for (; column < cell.column; column++) {
                out.element("td", "");
            }
            out.start("td");
            writeLines(out, cell);
            out.end("td");
            column++;
        }
        out.end("tr");
    }

    private static void writeLines(Xhtml out, Cell cell) {
        List<String> lines = cell.text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (i > 0) {
                out.lineBreak();
            }
            out.run(lines.get(i), false, false, false, cell.link);
        }
    }
}
