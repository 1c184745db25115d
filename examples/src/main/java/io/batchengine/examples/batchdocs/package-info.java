/**
 * The program {@code batch-docs}: runs a {@code parse_v2} or {@code extract_v2} batch over a directory of documents.
 */
@NullMarked
package io.batchengine.examples.batchdocs;

import org.jspecify.annotations.NullMarked;
