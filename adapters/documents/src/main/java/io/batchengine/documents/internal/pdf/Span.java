package io.batchengine.documents.internal.pdf;

import org.jspecify.annotations.Nullable;

/** A run of text of one look. */
record Span(
        String text, boolean bold, boolean italic, @Nullable String href) {
    boolean looksLike(Span other) {
        return bold == other.bold
                && italic == other.italic
                && (href == null ? other.href == null : href.equals(other.href));
    }

    Span append(String more) {
        return new Span(text + more, bold, italic, href);
    }
}
