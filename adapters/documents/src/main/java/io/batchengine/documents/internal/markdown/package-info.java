/**
 * XHTML events to Markdown or plain text. Not exported.
 */
@NullMarked
package io.batchengine.documents.internal.markdown;

import org.jspecify.annotations.NullMarked;
