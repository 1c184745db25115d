package io.batchengine.documents.internal.value;

import java.util.Optional;

/** A text, each run of white space in it one space. */
public record TextType() implements ValueType {
    @Override
    public Optional<Object> read(String text) {
        String clean = collapse(text);
        return clean.isEmpty() ? Optional.empty() : Optional.of(clean);
    }

    @Override
    public String noun() {
        return "a text";
    }

    /** The text without white space at its ends, and with one space for each run of it inside. */
    static String collapse(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isWhitespace(c) && !Character.isSpaceChar(c)) {
                out.append(c);
            } else if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
                out.append(' ');
            }
        }
        if (!out.isEmpty() && out.charAt(out.length() - 1) == ' ') {
            out.setLength(out.length() - 1);
        }
        return out.toString();
    }
}
