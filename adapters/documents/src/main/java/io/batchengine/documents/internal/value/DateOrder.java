package io.batchengine.documents.internal.value;

/** Which comes first, as in {@code 03/05/2026}. */
public enum DateOrder {
    /** The day. */
    DAY_FIRST,
    /** The month, in dates with slashes or dashes; a date with points has its day first everywhere. */
    MONTH_FIRST,
    /** The year, of two digits, in dates with slashes or dashes, as in {@code 26/03/05}. */
    YEAR_FIRST,
    /**
     * Told by the text, where it tells: a number above 12 is the day. This way to read is for telling dates from other texts; for a
     * value, one of the others must be decided on.
     */
    AUTO;

    static DateOrder of(int way) {
        return way < 0 ? AUTO : way == 0 ? DAY_FIRST : way == 1 ? MONTH_FIRST : YEAR_FIRST;
    }

    /** The way of {@link Notation#DATE}, or -1. */
    int way() {
        return switch (this) {
            case DAY_FIRST -> 0;
            case MONTH_FIRST -> 1;
            case YEAR_FIRST -> 2;
            case AUTO -> -1;
        };
    }
}
