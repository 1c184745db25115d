package io.batchengine.documents.internal.value;

/** Which character stands before the decimals. */
public enum Decimal {
    /** A full stop, as in {@code 1,234.56}. */
    POINT,
    /** A comma, as in {@code 1.234,56}. */
    COMMA,
    /**
     * Told by the text, where it tells: {@code 1.234} may be a thousand and more, or one and a bit. This way to read is for telling
     * numbers from other texts; for a value, a point or a comma must be decided on.
     */
    AUTO;

    static Decimal of(int way) {
        return way < 0 ? AUTO : way == 0 ? POINT : COMMA;
    }

    /** The way of {@link Notation#NUMBER}, or -1. */
    int way() {
        return switch (this) {
            case POINT -> 0;
            case COMMA -> 1;
            case AUTO -> -1;
        };
    }

    boolean allows(char separator) {
        return switch (this) {
            case POINT -> separator == '.';
            case COMMA -> separator == ',';
            case AUTO -> true;
        };
    }
}
