package io.batchengine.documents.markdown;

/** Digits that are raised or lowered: Markdown has no form for them, and {@code 5²} must not become 52. */
final class Raised {
    private static final String PLAIN = "0123456789+-=()";
    private static final String ABOVE =
            "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b\u207c\u207d\u207e";
    private static final String BELOW =
            "\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089\u208a\u208b\u208c\u208d\u208e";

    private Raised() {}

    /** A number in the raised or lowered letters of Unicode; any other text as it is. */
    static String number(String text, boolean above) {
        if (text.chars().noneMatch(Character::isDigit) || text.chars().anyMatch(c -> PLAIN.indexOf(c) < 0)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        text.chars().forEach(c -> out.append((above ? ABOVE : BELOW).charAt(PLAIN.indexOf(c))));
        return out.toString();
    }
}
