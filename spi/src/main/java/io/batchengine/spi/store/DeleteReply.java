package io.batchengine.spi.store;

/**
 * A store's answer to a deletion.
 *
 * @param kind what became of it
 * @param batches how many batches this call deleted
 * @param files how many files this call deleted, roughly. With {@link Kind#MORE} one of both is above 0: the engine refuses an answer
 *     by which it would call for ever
 */
public record DeleteReply(Kind kind, long batches, long files) {
    /**
     * An answer that does not count files: any but {@link Kind#MORE}, or one that has deleted batches.
     *
     * @param kind what became of it
     * @param batches how many batches this call deleted
     */
    public DeleteReply(Kind kind, long batches) {
        this(kind, batches, 0);
    }

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
