package io.batchengine.spi.store;

import io.batchengine.model.Text;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A batch that an engine was given.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class Claimed {
    private final StoredBatch batch;
    private final boolean ownerLost;

    private Claimed(StoredBatch batch, boolean ownerLost) {
        this.batch = batch;
        this.ownerLost = ownerLost;
    }

    /**
     * Creates an answer for one batch.
     *
     * @param batch the batch as it is after the claim
     * @param ownerLost whether an engine held it before and has not given it back: it crashed, or let its
     *     lease lapse. What it had started may have killed it
     * @return the answer
     */
    public static Claimed of(StoredBatch batch, boolean ownerLost) {
        return new Claimed(batch, ownerLost);
    }

    /** {@return the batch as it is after the claim} */
    public StoredBatch batch() {
        return batch;
    }

    /**
     * {@return whether an engine held it before and has not given it back: it crashed, or let its lease
     * lapse. What it had started may have killed it}
     */
    public boolean ownerLost() {
        return ownerLost;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Claimed that && batch.equals(that.batch) && ownerLost == that.ownerLost;
    }

    @Override
    public int hashCode() {
        return Objects.hash(batch, ownerLost);
    }

    @Override
    public String toString() {
        return Text.format("Claimed[batch=%s, ownerLost=%s]", batch, ownerLost);
    }
}
