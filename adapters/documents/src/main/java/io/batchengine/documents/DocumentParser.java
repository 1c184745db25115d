package io.batchengine.documents;

import io.batchengine.spi.SourceFile;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.apiguardian.api.API;

/**
 * Reads documents. The package {@code io.batchengine.documents.parse} has one.
 *
 * <p>Threading: called by many threads at once. A call blocks until the document is read, and ends soon after the stop signal or an
 * interrupt of its thread.
 *
 * <p>Exceptions: whatever is wrong with a document is a {@link DocumentException}; a hostile document must not do more than that.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@FunctionalInterface
public interface DocumentParser {
    /**
     * Reads a document.
     *
     * @param file the document; opened once or twice, always closed
     * @param mode how much of its form is kept
     * @param stopRequested asked again and again while reading; true ends the call with {@link DocumentException#stopped()}
     * @return the document's text and metadata
     * @throws DocumentException if there is no text to give; its message is for people
     */
    ParsedDocument parse(SourceFile file, ParseMode mode, BooleanSupplier stopRequested) throws DocumentException;

    /**
     * A parser like this one with other limits.
     *
     * @param change from this parser's limits to the other ones
     * @return the other parser; this one where it has no limits
     */
    default DocumentParser withLimits(UnaryOperator<DocumentLimits> change) {
        return this;
    }
}
