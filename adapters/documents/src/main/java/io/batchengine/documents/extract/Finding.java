package io.batchengine.documents.extract;

/**
 * A text that stands where the value of a label would.
 *
 * @param row the label's row
 * @param text the text, not blank
 * @param placement how it stands to the label
 */
record Finding(int row, String text, Placement placement) {
    /** How a text stands to a label, the most trusted first. */
    enum Placement {
        /** Behind a colon, or in the next cell. */
        BESIDE,
        /** In the cell or line below. */
        BELOW,
        /** Behind a space only. */
        LOOSE
    }
}
