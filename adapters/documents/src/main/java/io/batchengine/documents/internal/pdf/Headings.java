package io.batchengine.documents.internal.pdf;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which lines are headings: those set larger than the body, and short bold ones that stand apart. */
final class Headings {
    /** 12 points beside 10.5 are a heading, 12 beside 11 are not. */
    private static final double LARGER = 1.12;

    private static final int MAX_LENGTH = 200;
    private static final int MAX_BOLD_LENGTH = 90;
    private static final int MAX_LEVELS = 4;

    private final double bodySize;
    /** Sizes above the body's, the largest first. */
    private final List<Double> sizes;

    private Headings(double bodySize, List<Double> sizes) {
        this.bodySize = bodySize;
        this.sizes = sizes;
    }

    static Headings of(List<List<TextLine>> pages) {
        Map<Double, Integer> lettersBySize = new HashMap<>();
        for (List<TextLine> page : pages) {
            for (TextLine line : page) {
                for (Segment segment : line.segments()) {
                    lettersBySize.merge(rounded(segment.size()), segment.text().length(), Integer::sum);
                }
            }
        }
        double body = lettersBySize.entrySet().stream()
                .max(Map.Entry.<Double, Integer>comparingByValue().thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .orElse(0.0);
        List<Double> larger = pages.stream()
                .flatMap(List::stream)
                .filter(line -> line.isSingle() && line.text().length() <= MAX_LENGTH)
                .map(line -> rounded(line.size()))
                .filter(size -> size >= body * LARGER)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
        return new Headings(body, larger);
    }

    /** The level of the heading that a line is, or 0. */
    int level(List<TextLine> lines, int at) {
        TextLine line = lines.get(at);
        if (!line.isSingle() || line.text().length() > MAX_LENGTH || !hasLetters(line.text())) {
            return 0;
        }
        int place = sizes.indexOf(rounded(line.size()));
        if (place >= 0) {
            return Math.min(place + 1, MAX_LEVELS);
        }
        return isBoldHeading(lines, at) ? Math.max(2, Math.min(sizes.size() + 1, MAX_LEVELS)) : 0;
    }

    private boolean isBoldHeading(List<TextLine> lines, int at) {
        TextLine line = lines.get(at);
        String text = line.text().strip();
        if (!line.isBold() || text.length() > MAX_BOLD_LENGTH || ".,;:".indexOf(text.charAt(text.length() - 1)) >= 0) {
            return false;
        }
        if (rounded(line.size()) < bodySize || line.hasBullet()) {
            return false;
        }
        boolean apart = at == 0 || !line.isCloseBelow(lines.get(at - 1), 1.6);
        boolean followed = at + 1 < lines.size() && !lines.get(at + 1).isBold();
        return apart && followed && lines.get(at + 1).isSingle();
    }

    private static boolean hasLetters(String text) {
        return text.codePoints().anyMatch(Character::isLetter);
    }

    private static double rounded(double size) {
        return Math.round(size * 2) / 2.0;
    }
}
