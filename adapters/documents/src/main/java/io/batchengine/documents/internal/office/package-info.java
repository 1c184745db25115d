/**
 * Readers of Word, Excel, PowerPoint and RTF documents, as streams: no document is held as a tree. Not exported.
 */
@NullMarked
package io.batchengine.documents.internal.office;

import org.jspecify.annotations.NullMarked;
