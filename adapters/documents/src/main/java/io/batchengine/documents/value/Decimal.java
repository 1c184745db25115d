package io.batchengine.documents.value;

/** Which character stands before the decimals. */
public enum Decimal {
    /** A full stop, as in {@code 1,234.56}. */
    POINT,
    /** A comma, as in {@code 1.234,56}. */
    COMMA,
    /**
     * Told by the text. One separator before exactly three digits groups thousands: {@code 1.234} is a thousand and more.
     */
    AUTO;

    boolean allows(char separator) {
        return switch (this) {
            case POINT -> separator == '.';
            case COMMA -> separator == ',';
            case AUTO -> true;
        };
    }
}
