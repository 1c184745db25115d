package io.batchengine.documents.internal.pdf;

import java.util.List;

/**
 * What was read of a page.
 *
 * @param lines from the top; turned text comes last
 * @param content what the page shows besides
 */
record PageLines(List<TextLine> lines, PageContent content) {
    /** Whether the page shows nothing. */
    boolean isBlank() {
        return lines.isEmpty() && content.kind() == PageContent.Kind.BLANK && !content.isDamaged();
    }
}
