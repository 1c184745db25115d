package io.batchengine.documents.pdf;

import java.util.List;

/**
 * What was read of a page.
 *
 * @param lines from the top; turned text comes last
 * @param kind what the page is where it has no lines
 */
record PageLines(List<Line> lines, PageContent.Kind kind) {}
