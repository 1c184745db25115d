/** A Markdown document as rows of plain text, for rules to look at. Not exported. */
@NullMarked
package io.batchengine.documents.internal.rows;

import org.jspecify.annotations.NullMarked;
