package io.batchengine.documents.extract;

import io.batchengine.documents.ParsedDocument;
import java.util.function.BooleanSupplier;
import org.apiguardian.api.API;

/**
 * What to extract from.
 *
 * @param document the document's text, as Markdown with its layout, and its metadata
 * @param fileName the source file's name or relative path
 * @param configuration what is to be extracted, and how
 * @param stopRequested true once the work should stop; ask it again and again
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ExtractionRequest(
        ParsedDocument document, String fileName, ExtractConfiguration configuration, BooleanSupplier stopRequested) {}
