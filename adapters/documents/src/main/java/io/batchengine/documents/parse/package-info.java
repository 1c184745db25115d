/**
 * The {@code parse_v2} jobs ({@link io.batchengine.documents.parse.ParseJobFactory}) and the document parser
 * ({@link io.batchengine.documents.parse.DocumentParsers}): documents to Markdown and metadata.
 */
@NullMarked
package io.batchengine.documents.parse;

import org.jspecify.annotations.NullMarked;
