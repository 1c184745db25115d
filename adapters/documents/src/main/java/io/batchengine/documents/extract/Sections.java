package io.batchengine.documents.extract;

import io.batchengine.documents.internal.rows.Row;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which rows of a document stand below certain headings, in its outline. */
final class Sections {
    private final List<Row> rows;
    private final Map<List<String>, BitSet> known = new HashMap<>();

    Sections(List<Row> rows) {
        this.rows = rows;
    }

    /** The rows at and below headings that begin with one of the folded texts; all rows for no texts. */
    BitSet of(List<String> headings) {
        return known.computeIfAbsent(headings, this::find);
    }

    private BitSet find(List<String> headings) {
        BitSet found = new BitSet(rows.size());
        if (headings.isEmpty()) {
            found.set(0, rows.size());
            return found;
        }
        int within = 7; // the level of the heading that the section began with; 7 outside of any
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (row.heading() > 0 && row.heading() <= within) {
                within = begins(row, headings) ? row.heading() : 7;
            }
            found.set(i, within < 7);
        }
        return found;
    }

    private static boolean begins(Row heading, List<String> texts) {
        String folded = Folding.fold(String.join(" ", heading.cells()));
        return texts.stream().anyMatch(text -> folded.startsWith(text) && Labels.isBoundary(folded, text.length()));
    }
}
