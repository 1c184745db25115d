package io.batchengine.spi.store;

import io.batchengine.model.Text;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A store's answer to a cancel request.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class CancelReply {
    /** What became of a cancel request. New values may be added: have a default branch. */
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

    private final Kind kind;
    private final @Nullable StoredBatch batch;

    private CancelReply(Kind kind, @Nullable StoredBatch batch) {
        this.kind = kind;
        this.batch = batch;
    }

    /**
     * Creates an answer.
     *
     * @param kind what became of it
     * @param batch the batch, or null if it was not found, or can't be read
     * @return the answer
     */
    public static CancelReply of(Kind kind, @Nullable StoredBatch batch) {
        return new CancelReply(kind, batch);
    }

    /** {@return what became of it} */
    public Kind kind() {
        return kind;
    }

    /** {@return the batch, or null if it was not found, or can't be read} */
    public @Nullable StoredBatch batch() {
        return batch;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CancelReply that && kind == that.kind && Objects.equals(batch, that.batch);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, batch);
    }

    @Override
    public String toString() {
        return Text.format("CancelReply[kind=%s, batch=%s]", kind, batch);
    }
}
