package io.batchengine.examples.batchdocs;

import org.jline.utils.WCWidth;

/** Text in columns: what a character takes on a terminal is not one column for each. */
final class ReportColumns {
    private ReportColumns() {}

    static int width(String text) {
        return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
    }

    /** The text filled up with spaces; longer text is kept whole. */
    static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }
}
