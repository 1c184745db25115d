package io.batchengine.documents.internal.reading;

import java.io.IOException;
import org.apache.tika.metadata.Metadata;

/** Reads documents of one kind. Threading: any number of threads. */
@FunctionalInterface
public interface DocumentReader {
    /**
     * Reads a document.
     *
     * @param document its bytes
     * @param out takes its text, as XHTML
     * @param metadata takes what it says of itself
     * @param guard to be called at every step; {@link ReadingGuard#fail} for what a person should know
     * @throws IOException if the document is damaged; so is any unchecked exception
     */
    void read(Spool document, Xhtml out, Metadata metadata, ReadingGuard guard) throws IOException;
}
