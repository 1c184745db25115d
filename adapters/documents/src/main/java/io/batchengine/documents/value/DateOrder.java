package io.batchengine.documents.value;

/** Which comes first where both could be the month, as in {@code 03/05/2026}. A number above 12 is always the day. */
public enum DateOrder {
    /** The day. */
    DAY_FIRST,
    /** The month, in dates with slashes or dashes; a date with points has its day first everywhere. */
    MONTH_FIRST
}
