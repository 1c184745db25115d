package io.batchengine.documents.internal.pdf;

import java.util.List;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSString;

/**
 * Tells whether the texts of a page are whole. A text or a list of texts without its closing bracket takes the rest of the page for its
 * own, and what shows a text without being given one shows nothing.
 */
final class TextObjects {
    private static final Set<String> BEFORE_TEXT = Set.of("BT", "Td", "TD", "Tm", "T*", "Tf", "Tc", "Tw", "TL");

    private boolean open;
    /** Whether a text is still to come, since its place was set after the last one. */
    private boolean awaited;

    private boolean damaged;

    /** Takes the next operator. */
    void take(String operator, List<COSBase> operands) {
        switch (operator) {
            case "Tj", "'", "\"" -> shown(last(operands) instanceof COSString);
            case "TJ" -> shown(last(operands) instanceof COSArray);
            case "BT" -> open = true;
            case "ET" -> open = false;
            default -> {
                // Draws no text.
            }
        }
        awaited |= BEFORE_TEXT.contains(operator);
    }

    private void shown(boolean text) {
        damaged |= !text;
        awaited = false;
    }

    private static Object last(List<COSBase> operands) {
        return operands.isEmpty() ? "" : operands.get(operands.size() - 1);
    }

    /** Returns whether a text was lost. Some writers leave the last {@code ET} out, which loses none. */
    boolean isDamaged() {
        return damaged || (open && awaited);
    }
}
