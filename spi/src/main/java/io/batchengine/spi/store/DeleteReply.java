package io.batchengine.spi.store;

import io.batchengine.model.Text;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A store's answer to a deletion.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class DeleteReply {
    /** What became of a deletion. New values may be added: have a default branch. */
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

    private final Kind kind;
    private final long batches;
    private final long files;

    private DeleteReply(Kind kind, long batches, long files) {
        this.kind = kind;
        this.batches = batches;
        this.files = files;
    }

    /**
     * Creates an answer.
     *
     * @param kind what became of it
     * @param batches how many batches this call deleted
     * @param files how many files this call deleted, roughly. With {@link Kind#MORE} this or {@link #batches}
     *     is above 0: the engine refuses an answer by which it would call for ever
     * @return the answer
     */
    public static DeleteReply of(Kind kind, long batches, long files) {
        return new DeleteReply(kind, batches, files);
    }

    /**
     * Creates an answer that does not count files: any except {@link Kind#MORE}, or one that has deleted batches.
     *
     * @param kind what became of it
     * @param batches how many batches this call deleted
     * @return the answer
     */
    public static DeleteReply of(Kind kind, long batches) {
        return new DeleteReply(kind, batches, 0);
    }

    /** {@return what became of it} */
    public Kind kind() {
        return kind;
    }

    /** {@return how many batches this call deleted} */
    public long batches() {
        return batches;
    }

    /**
     * {@return how many files this call deleted, roughly. With {@link Kind#MORE} this or {@link #batches} is
     * above 0: the engine refuses an answer by which it would call for ever}
     */
    public long files() {
        return files;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DeleteReply that && kind == that.kind && batches == that.batches && files == that.files;
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, batches, files);
    }

    @Override
    public String toString() {
        return Text.format("DeleteReply[kind=%s, batches=%s, files=%s]", kind, batches, files);
    }
}
