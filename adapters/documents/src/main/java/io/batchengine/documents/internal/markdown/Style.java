package io.batchengine.documents.internal.markdown;

import org.jspecify.annotations.Nullable;

/** How a run of text is set. */
record Style(
        boolean bold,
        boolean italic,
        boolean strike,
        boolean code,
        boolean image,
        @Nullable String href) {
    static final Style PLAIN = new Style(false, false, false, false, false, null);

    Style withBold() {
        return new Style(true, italic, strike, code, image, href);
    }

    Style withItalic() {
        return new Style(bold, true, strike, code, image, href);
    }

    Style withStrike() {
        return new Style(bold, italic, true, code, image, href);
    }

    Style withCode() {
        return new Style(bold, italic, strike, true, image, href);
    }

    Style withLink(@Nullable String target) {
        return new Style(bold, italic, strike, code, image, target);
    }

    Style asImage(@Nullable String source) {
        return new Style(bold, italic, strike, false, true, source);
    }

    Style withoutBold() {
        return new Style(false, italic, strike, code, image, href);
    }
}
