package io.batchengine.documents.extract;

import io.batchengine.documents.ParsedDocument;
import java.util.function.BooleanSupplier;

/**
 * What to extract from.
 *
 * @param document the document's text, as Markdown with its layout, and its metadata
 * @param fileName the source file's name or relative path
 * @param configuration what is to be extracted, and how
 * @param stopRequested true once the work should stop; ask it again and again
 */
public record ExtractionRequest(
        ParsedDocument document, String fileName, ExtractConfiguration configuration, BooleanSupplier stopRequested) {}
