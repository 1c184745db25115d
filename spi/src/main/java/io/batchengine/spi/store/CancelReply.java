package io.batchengine.spi.store;

import org.jspecify.annotations.Nullable;

/**
 * A store's answer to a cancel request.
 *
 * @param kind what became of it
 * @param batch the batch, or null where it was not found, or can't be read
 */
public record CancelReply(Kind kind, @Nullable StoredBatch batch) {
    /** What became of a cancel request. */
    public enum Kind {
        /** The request stands, now or since an earlier call. */
        REQUESTED,
        /**
         * Rows of the batch are damaged, so that no engine could end it: the store has ended it as {@code CANCELLED} itself. It tells nothing
         * more of it.
         */
        ENDED,
        /** The batch is terminal; nothing was written. */
        ALREADY_TERMINAL,
        /** There is no such batch in the project. */
        NOT_FOUND
    }
}
