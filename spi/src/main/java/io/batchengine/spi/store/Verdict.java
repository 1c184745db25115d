package io.batchengine.spi.store;

/**
 * A store's answer to one {@link BatchCommit}.
 *
 * @param kind what became of it
 * @param cancelRequested whether a cancel request stands, whatever became of the commit
 */
public record Verdict(Kind kind, boolean cancelRequested) {
    /** What became of a commit. */
    public enum Kind {
        /** Written, as a whole. */
        APPLIED,
        /** Refused: another engine has claimed the batch since. */
        STALE_EPOCH,
        /** Refused: the version is not the expected one. */
        VERSION_CONFLICT,
        /** Refused: no such move of status. */
        ILLEGAL_TRANSITION,
        /** Refused: it says {@code COMPLETED} while a cancel request stands. */
        CANCEL_REQUESTED,
        /** Refused: the batch is terminal. */
        TERMINAL,
        /** Refused: there is no such batch. */
        GONE,
        /** Refused: rows of the batch are damaged, so that nothing more can be written of it. */
        CORRUPT
    }
}
