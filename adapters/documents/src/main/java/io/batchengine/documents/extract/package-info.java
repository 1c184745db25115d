/**
 * The {@code extract_v2} jobs: JSON from documents. {@link io.batchengine.documents.extract.ExtractJobFactory} makes them;
 * {@link io.batchengine.documents.extract.Extractor} fills a JSON Schema from a document, by rules or by whatever the user puts
 * behind it.
 */
@NullMarked
package io.batchengine.documents.extract;

import org.jspecify.annotations.NullMarked;
