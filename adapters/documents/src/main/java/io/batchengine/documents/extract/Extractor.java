package io.batchengine.documents.extract;

import io.batchengine.documents.DocumentException;
import java.io.IOException;
import org.apiguardian.api.API;

/**
 * Fills a JSON Schema from a document. {@link #rules()} is the one of this module; another one may ask a model.
 *
 * <p><b>Threading.</b> Called by many threads at once. {@link #extract} may block; it should end soon after the request's stop signal
 * or an interrupt of its thread.
 *
 * <p><b>Trust.</b> The answer is validated against the schema afterwards, so an extractor need not; an answer that does not
 * validate fails its job.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@FunctionalInterface
public interface Extractor {
    /**
     * Extracts the values of one document.
     *
     * @param request the document and the configuration
     * @return what was found
     * @throws DocumentException if the document gives none, or the extraction was stopped: the job's outcome is the exception's
     * @throws IOException if something outside the document failed: the job fails, and may be tried again
     * @throws InterruptedException if the thread was interrupted
     * @throws Exception anything else: the job fails
     */
    Extraction extract(ExtractionRequest request) throws Exception;

    /**
     * Refuses a configuration that this extractor can't use. Called when a batch is created, after the schema was checked.
     *
     * @param configuration the schema and the rules
     * @throws IllegalArgumentException if the rules are wrong; the message begins with the place, such as
     *     {@code rules.total.type: must be ...}
     */
    default void check(ExtractConfiguration configuration) {}

    /**
     * Extraction by the rules of the configuration: labels, patterns, table columns, metadata and constants, in the form that
     * {@link ExtractJobFactory} describes.
     *
     * @return the extractor, for any number of threads
     */
    static Extractor rules() {
        return new RuleExtractor();
    }
}
