package io.batchengine.documents.internal.pdf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The columns of a table, as the strips of a page that its cells cover, from left to right. */
record Columns(List<Strip> strips) {
    /** A strip between two distances from the left edge. */
    record Strip(double start, double end) {
        boolean overlaps(Strip other) {
            return start < other.end && other.start < end;
        }
    }

    static Columns of(TextLine line) {
        return new Columns(strips(line));
    }

    int count() {
        return strips.size();
    }

    /** These columns, widened or added to by the cells of a line. */
    Columns with(TextLine line) {
        List<Strip> all = new ArrayList<>(strips);
        all.addAll(strips(line));
        all.sort(Comparator.comparingDouble(Strip::start));
        List<Strip> merged = new ArrayList<>();
        for (Strip strip : all) {
            Strip last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && last.overlaps(strip)) {
                merged.set(merged.size() - 1, new Strip(last.start, Math.max(last.end, strip.end)));
            } else {
                merged.add(strip);
            }
        }
        return new Columns(merged);
    }

    /** Whether the line's cells each have a column of their own, and join no two columns. */
    boolean fits(TextLine line) {
        return with(line).count() >= Math.max(count(), line.segments().size());
    }

    /** The column that a segment lies in. */
    int indexOf(Segment segment) {
        Strip wanted = new Strip(segment.start(), segment.end());
        for (int i = 0; i < strips.size(); i++) {
            if (strips.get(i).overlaps(wanted)) {
                return i;
            }
        }
        return 0;
    }

    private static List<Strip> strips(TextLine line) {
        return line.segments().stream()
                .map(segment -> new Strip(segment.start(), Math.max(segment.end(), segment.start() + 0.5)))
                .toList();
    }
}
