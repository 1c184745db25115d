package io.batchengine.documents.internal.pdf;

import org.jspecify.annotations.Nullable;

/** A character on a page, in points; y is the baseline's distance from the top. */
record Glyph(
        String text,
        double x,
        double y,
        double width,
        double size,
        double spaceWidth,
        boolean bold,
        boolean italic,
        @Nullable String href) {
    double end() {
        return x + width;
    }

    /** The same letter at another place. */
    Glyph at(double newX, double newY, double newWidth) {
        return new Glyph(text, newX, newY, newWidth, size, spaceWidth, bold, italic, href);
    }

    boolean isSpace() {
        return text.isBlank();
    }

    /** Whether this is the other drawn a second time, a hair beside it, to look bold. */
    boolean repeats(Glyph other) {
        return text.equals(other.text)
                && Math.abs(x - other.x) < Math.max(0.3, width * 0.25)
                && Math.abs(y - other.y) < 1;
    }
}
