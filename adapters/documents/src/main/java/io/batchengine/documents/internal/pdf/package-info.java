/**
 * Reads PDF documents: from glyphs to lines, and from lines to headings, paragraphs, lists and tables. Not exported.
 */
@NullMarked
package io.batchengine.documents.internal.pdf;

import org.jspecify.annotations.NullMarked;
