package io.batchengine.documents.internal.pdf;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A line of a page: its baseline's distance from the top, and its segments from left to right. */
record TextLine(int page, double y, List<Segment> segments) {
    private static final Pattern BULLET = Pattern.compile(
            "([\u2022\u25e6\u25aa\u2023\u00b7\u25cf\u25cb\u25a0\u2013\u2043*-])\\s+\\S.*", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("\\(?(\\d{1,3})[.)]\\s+\\S.*", Pattern.DOTALL);

    double start() {
        return segments.get(0).start();
    }

    double end() {
        return segments.get(segments.size() - 1).end();
    }

    double size() {
        return segments.stream().mapToDouble(Segment::size).max().orElse(0);
    }

    boolean isSingle() {
        return segments.size() == 1;
    }

    boolean isBold() {
        return segments.stream().allMatch(Segment::isBold);
    }

    String text() {
        return segments.stream().map(Segment::text).collect(Collectors.joining(" "));
    }

    /** The line as one segment. */
    Segment joined() {
        return segments.stream().reduce(Segment::join).orElseThrow();
    }

    boolean hasBullet() {
        return BULLET.matcher(text()).matches();
    }

    /** The number of a list item that begins here, or 0. */
    int number() {
        Matcher matcher = NUMBER.matcher(text());
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    boolean isItem() {
        return hasBullet() || number() > 0;
    }

    /** How far this line's baseline is below the other's, on one page; far, if they are on two. */
    double below(TextLine above) {
        return page == above.page ? y - above.y : Double.MAX_VALUE;
    }

    boolean isCloseBelow(TextLine above, double linesApart) {
        return below(above) <= linesApart * Math.max(size(), above.size());
    }
}
