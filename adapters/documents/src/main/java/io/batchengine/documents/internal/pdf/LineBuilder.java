package io.batchengine.documents.internal.pdf;

import io.batchengine.documents.internal.reading.ReadingGuard;
import java.text.Bidi;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts the glyphs of a page into lines, by their places alone: the order in a PDF is the order of drawing. */
final class LineBuilder {
    /** A gap of so many letter heights parts two segments. */
    private static final double SEGMENT_GAP = 1.0;

    private static final double SAME_BASELINE = 0.35;
    private static final double WIDEST_BULLET_GAP = 4;
    private static final Pattern BULLET =
            Pattern.compile("[\u2022\u25e6\u25aa\u2023\u00b7\u25cf\u25cb\u25a0\u2013\u2043*-]");
    private static final Pattern NUMBER = Pattern.compile("\\(?\\d{1,3}[.)]");

    private LineBuilder() {}

    static List<TextLine> lines(int page, List<Glyph> glyphs, ReadingGuard guard) {
        List<Glyph> sorted = new ArrayList<>(glyphs);
        sorted.sort(Comparator.comparingDouble(Glyph::y).thenComparingDouble(Glyph::x));
        List<TextLine> lines = new ArrayList<>();
        List<Glyph> row = new ArrayList<>();
        for (Glyph glyph : sorted) {
            guard.check();
            if (!row.isEmpty()
                    && glyph.y() - row.get(0).y()
                            > SAME_BASELINE * Math.max(glyph.size(), row.get(0).size())) {
                addLine(lines, page, row);
                row = new ArrayList<>();
            }
            row.add(glyph);
        }
        addLine(lines, page, row);
        return lines;
    }

    private static void addLine(List<TextLine> lines, int page, List<Glyph> row) {
        if (row.stream().allMatch(Glyph::isSpace)) {
            return;
        }
        row.sort(Comparator.comparingDouble(Glyph::x));
        double y = row.stream().mapToDouble(Glyph::y).average().orElse(0);
        lines.add(new TextLine(page, y, joinMarks(segments(row))));
    }

    private static List<Segment> segments(List<Glyph> row) {
        List<Segment> segments = new ArrayList<>();
        List<Glyph> current = new ArrayList<>();
        boolean spaced = false;
        Glyph last = null;
        for (Glyph glyph : row) {
            if (glyph.isSpace()) {
                spaced = true;
                continue;
            }
            if (last != null && glyph.repeats(last)) {
                continue;
            }
            double gap = last == null ? 0 : glyph.x() - last.end();
            if (last != null && gap > SEGMENT_GAP * Math.max(glyph.size(), last.size())) {
                segments.add(segment(current));
                current = new ArrayList<>();
            } else if (last != null && (isWordGap(gap, last, glyph) || (spaced && gap > 0.05 * glyph.size()))) {
                current.add(space(last, glyph));
            }
            current.add(glyph);
            last = glyph;
            spaced = false;
        }
        segments.add(segment(current));
        return segments;
    }

    private static boolean isWordGap(double gap, Glyph left, Glyph right) {
        double size = Math.max(left.size(), right.size());
        double space = left.spaceWidth() > 0 ? Math.min(left.spaceWidth(), 0.35 * size) : 0.25 * size;
        return gap > 0.5 * space;
    }

    private static Glyph space(Glyph left, Glyph right) {
        boolean same = left.href() != null && left.href().equals(right.href());
        return new Glyph(
                " ",
                left.end(),
                left.y(),
                right.x() - left.end(),
                left.size(),
                0,
                left.bold() && right.bold(),
                left.italic() && right.italic(),
                same ? left.href() : null);
    }

    private static Segment segment(List<Glyph> glyphs) {
        List<Span> spans = new ArrayList<>();
        double size = 0;
        for (Glyph glyph : glyphs) {
            size = Math.max(size, glyph.size());
            Span span = new Span(glyph.text(), glyph.bold(), glyph.italic(), glyph.href());
            Span before = spans.isEmpty() ? null : spans.get(spans.size() - 1);
            if (before != null && before.looksLike(span)) {
                spans.set(spans.size() - 1, before.append(glyph.text()));
            } else {
                spans.add(span);
            }
        }
        Glyph first = glyphs.get(0);
        return new Segment(first.x(), glyphs.get(glyphs.size() - 1).end(), size, logical(spans));
    }

    /** A bullet, or the number of a line that has nothing else, belongs to what follows it. */
    private static List<Segment> joinMarks(List<Segment> segments) {
        if (segments.size() < 2) {
            return segments;
        }
        Segment first = segments.get(0);
        Segment second = segments.get(1);
        String text = first.text().strip();
        boolean mark = BULLET.matcher(text).matches()
                || (segments.size() == 2 && NUMBER.matcher(text).matches());
        if (!mark || second.start() - first.end() > WIDEST_BULLET_GAP * first.size()) {
            return segments;
        }
        List<Segment> joined = new ArrayList<>(segments.subList(1, segments.size()));
        joined.set(0, first.join(second));
        return joined;
    }

    /** Text in the order of reading: right-to-left scripts are drawn from the left too. */
    private static List<Span> logical(List<Span> spans) {
        StringBuilder whole = new StringBuilder();
        spans.forEach(span -> whole.append(span.text()));
        String visual = whole.toString();
        if (!Bidi.requiresBidi(visual.toCharArray(), 0, visual.length())) {
            return spans.stream()
                    .map(span -> new Span(composed(span.text()), span.bold(), span.italic(), span.href()))
                    .toList();
        }
        Bidi bidi = new Bidi(visual, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT);
        int runs = bidi.getRunCount();
        byte[] levels = new byte[runs];
        Integer[] order = new Integer[runs];
        for (int i = 0; i < runs; i++) {
            levels[i] = (byte) bidi.getRunLevel(i);
            order[i] = i;
        }
        Bidi.reorderVisually(levels, 0, order, 0, runs);
        StringBuilder logical = new StringBuilder(visual.length());
        for (int run : order) {
            String text = visual.substring(bidi.getRunStart(run), bidi.getRunLimit(run));
            logical.append(bidi.getRunLevel(run) % 2 == 1 ? new StringBuilder(text).reverse() : text);
        }
        @Nullable String href = spans.get(0).href();
        return List.of(new Span(composed(logical.toString()), false, false, href));
    }

    /** Ligatures and presentation forms as the letters that they stand for. */
    private static String composed(String text) {
        boolean forms = text.chars().anyMatch(c -> (c >= 0xfb00 && c <= 0xfdff) || (c >= 0xfe70 && c <= 0xfeff));
        return forms ? Normalizer.normalize(text, Normalizer.Form.NFKC) : text;
    }
}
