package io.batchengine.spi.store;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.Text;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A store's answer to one {@link BatchCommit}.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class Verdict {
    /** What became of a commit. New values may be added: have a default branch. */
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

    private final Kind kind;
    private final boolean cancelRequested;

    private Verdict(Kind kind, boolean cancelRequested) {
        this.kind = kind;
        this.cancelRequested = cancelRequested;
    }

    /**
     * Creates an answer.
     *
     * @param kind what became of it
     * @param cancelRequested whether a cancel request stands, whatever became of the commit
     * @return the answer
     */
    public static Verdict of(Kind kind, boolean cancelRequested) {
        return new Verdict(kind, cancelRequested);
    }

    /** {@return what became of it} */
    public Kind kind() {
        return kind;
    }

    /** {@return whether a cancel request stands, whatever became of the commit} */
    public boolean cancelRequested() {
        return cancelRequested;
    }

    /** The rules of {@link BatchCommit#judge}, in their order. */
    static Kind kindOf(BatchCommit commit, BatchState state) {
        if (state.epoch() != commit.epoch() || state.claimToken() != commit.claimToken()) {
            return Kind.STALE_EPOCH;
        }
        if (state.status().isTerminal()) {
            return Kind.TERMINAL;
        }
        if (state.version() != commit.expectedVersion()) {
            return Kind.VERSION_CONFLICT;
        }
        if (state.status() != commit.status() && !state.status().canMoveTo(commit.status())) {
            return Kind.ILLEGAL_TRANSITION;
        }
        return commit.status() == BatchStatus.COMPLETED && state.cancelRequested()
                ? Kind.CANCEL_REQUESTED
                : Kind.APPLIED;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Verdict that && kind == that.kind && cancelRequested == that.cancelRequested;
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, cancelRequested);
    }

    @Override
    public String toString() {
        return Text.format("Verdict[kind=%s, cancelRequested=%s]", kind, cancelRequested);
    }
}
