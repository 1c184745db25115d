package io.batchengine.spi;

/**
 * A store's answer to a deletion.
 *
 * @param kind what became of it
 * @param batches how many batches this call deleted
 */
public record DeleteReply(Kind kind, long batches) {
    /** What became of a deletion. */
    public enum Kind {
        /** Done. */
        DELETED,
        /** A slice is done and there is more: call again. */
        MORE,
        /** There is no such batch in the project. */
        NOT_FOUND,
        /** The batch has not ended. */
        NOT_TERMINAL,
        /** A batch that retries this one's files has not ended. */
        IN_USE
    }
}
