package io.batchengine.documents.extract;

/**
 * What stands between a label and its value.
 *
 * @param end where the value begins
 * @param strong whether there is a colon, an equals sign or a row of dots, so that what stands before it is a label
 * @param note a remark in parentheses behind the label, such as {@code EUR} or {@code incl. VAT}; or empty
 */
record Separator(int end, boolean strong, String note) {
    private static final int MAX_NOTE = 60;

    /** The separator behind a label that ends at a place of a folded text. */
    static Separator after(String folded, int labelEnd) {
        int at = labelEnd;
        if (at < folded.length() && ".#\u00b0]\u3011".indexOf(folded.charAt(at)) >= 0) {
            at++; // "No." and "No#" for the label "No"
        }
        at = skip(folded, at, " ");
        String note = note(folded, at);
        if (!note.isEmpty()) {
            at = skip(folded, at + note.length() + 2, " ");
        }
        boolean strong = at < folded.length()
                && (":=".indexOf(folded.charAt(at)) >= 0
                        || folded.charAt(at) == '\u2026'
                        || folded.startsWith("..", at));
        return new Separator(strong ? skipMarks(folded, at) : skipDash(folded, labelEnd, at), strong, note);
    }

    private static String note(String folded, int at) {
        if (at >= folded.length() || folded.charAt(at) != '(') {
            return "";
        }
        int close = folded.indexOf(')', at);
        if (close < 0 || close - at > MAX_NOTE) {
            return "";
        }
        String inside = folded.substring(at + 1, close);
        boolean ends = close + 1 == folded.length() || " :=".indexOf(folded.charAt(close + 1)) >= 0;
        // Without a letter or a per cent sign it is a negative amount.
        return ends && inside.chars().anyMatch(c -> Character.isLetter(c) || c == '%') ? inside : "";
    }

    /** Goes past colons, equals signs and rows of dots, but not the point of {@code .50}. */
    private static int skipMarks(String text, int from) {
        int at = from;
        while (at < text.length() && ":=.\u2026 ".indexOf(text.charAt(at)) >= 0 && !isDecimalPoint(text, at)) {
            at++;
        }
        return at;
    }

    private static boolean isDecimalPoint(String text, int at) {
        return text.charAt(at) == '.'
                && at + 1 < text.length()
                && Character.isDigit(text.charAt(at + 1))
                && (at == 0 || " :=".indexOf(text.charAt(at - 1)) >= 0);
    }

    /** A dash with a space on both sides parts a label from its value; a minus sign touches its number. */
    private static int skipDash(String text, int labelEnd, int at) {
        boolean dash = at > labelEnd
                && at + 1 < text.length()
                && "-\u2013\u2014".indexOf(text.charAt(at)) >= 0
                && text.charAt(at + 1) == ' ';
        return dash ? skip(text, at + 1, " ") : at;
    }

    private static int skip(String text, int from, String characters) {
        int at = from;
        while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }
}
