package io.batchengine.examples.sample;

import java.util.ArrayList;
import java.util.List;

/** A document as rows of cells, for spreadsheets and comma-separated values. */
final class Grid {
    private Grid() {}

    /** The rows; an empty row stands between two blocks. */
    static List<List<SampleCell>> of(Doc doc) {
        List<List<SampleCell>> rows = new ArrayList<>();
        int columns = 2;
        for (Block block : doc.blocks()) {
            if (!rows.isEmpty()) {
                rows.add(List.of());
            }
            if (block instanceof Block.Heading heading) {
                rows.add(SampleCell.row(heading.text()));
            } else if (block instanceof Block.Paragraph paragraph) {
                rows.add(SampleCell.row(SampleSpan.words(paragraph.spans())));
            } else if (block instanceof Block.Items items) {
                items.items().forEach(item -> rows.add(SampleCell.row(SampleSpan.words(item.spans()))));
            } else if (block instanceof Block.Table table) {
                columns = table.header().size();
                rows.add(table.header().stream().map(SampleCell::of).toList());
                rows.addAll(table.rows());
            } else {
                Block.Fields fields = (Block.Fields) block;
                int indent = fields.totals() ? columns - 2 : 0;
                fields.fields().forEach(field -> rows.add(field(indent, field)));
            }
        }
        return rows;
    }

    private static List<SampleCell> field(int indent, Block.Field field) {
        List<SampleCell> row = new ArrayList<>();
        for (int i = 0; i < indent; i++) {
            row.add(SampleCell.of(""));
        }
        row.add(SampleCell.of(field.label()));
        row.add(field.value());
        return row;
    }
}
