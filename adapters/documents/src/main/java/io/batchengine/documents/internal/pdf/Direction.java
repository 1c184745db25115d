package io.batchengine.documents.internal.pdf;

import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;

/**
 * The way in which a glyph is written on its page: turned by quarters, and perhaps mirrored. Glyphs of one direction have places as if the
 * page were turned so that they stand upright.
 *
 * @param degrees 0, 90, 180 or 270
 * @param mirroredX whether letters run from right to left
 * @param mirroredY whether they stand on their heads, as in a mirror
 */
record Direction(int degrees, boolean mirroredX, boolean mirroredY) {
    static Direction of(TextPosition position) {
        int degrees = Math.round(position.getDir());
        Matrix matrix = position.getTextMatrix();
        double determinant =
                (double) matrix.getScaleX() * matrix.getScaleY() - (double) matrix.getShearX() * matrix.getShearY();
        if (determinant >= 0) {
            return new Direction(degrees, false, false);
        }
        boolean backwards = degrees == 0 && matrix.getScaleX() < 0;
        return new Direction(degrees, backwards, !backwards);
    }

    double x(TextPosition position) {
        return mirroredX ? -position.getXDirAdj() : position.getXDirAdj();
    }

    double y(TextPosition position) {
        return mirroredY ? -position.getYDirAdj() : position.getYDirAdj();
    }

    /** Equal for glyphs that may stand on one line; upright text comes first. */
    int order() {
        return degrees + (mirroredX ? 1 : 0) + (mirroredY ? 2 : 0);
    }
}
