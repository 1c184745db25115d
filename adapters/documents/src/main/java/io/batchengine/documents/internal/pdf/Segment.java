package io.batchengine.documents.internal.pdf;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Text of a line without a wide gap in it: all of the line, or what may be a cell. */
record Segment(double start, double end, double size, List<Span> spans) {
    String text() {
        return spans.stream().map(Span::text).collect(Collectors.joining());
    }

    boolean isBold() {
        return spans.stream().allMatch(span -> span.bold() || span.text().isBlank());
    }

    /** Both, with a space between. */
    Segment join(Segment next) {
        List<Span> both = new ArrayList<>(spans);
        both.set(both.size() - 1, both.get(both.size() - 1).append(" "));
        both.addAll(next.spans);
        return new Segment(start, next.end, Math.max(size, next.size), List.copyOf(both));
    }
}
