package io.batchengine.spi.store;

import io.batchengine.model.Text;
import java.util.Objects;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A store's answer to a renewal: what the engine holds now.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class Renewal {
    private final Set<ClaimRef> held;
    private final Set<String> cancelRequested;

    private Renewal(Set<ClaimRef> held, Set<String> cancelRequested) {
        this.held = held;
        this.cancelRequested = cancelRequested;
    }

    /**
     * Creates an answer.
     *
     * @param held all batches that the owner holds, each with its epoch. One that the engine does not know
     *     comes of a claim whose answer was lost; the engine gives it back
     * @param cancelRequested the ids of those of them for which a cancel request stands
     * @return the answer
     */
    public static Renewal of(Set<ClaimRef> held, Set<String> cancelRequested) {
        return new Renewal(held, cancelRequested);
    }

    /**
     * {@return all batches that the owner holds, each with its epoch. One that the engine does not know comes
     * of a claim whose answer was lost; the engine gives it back}
     */
    public Set<ClaimRef> held() {
        return held;
    }

    /** {@return the ids of those of them for which a cancel request stands} */
    public Set<String> cancelRequested() {
        return cancelRequested;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Renewal that && held.equals(that.held) && cancelRequested.equals(that.cancelRequested);
    }

    @Override
    public int hashCode() {
        return Objects.hash(held, cancelRequested);
    }

    @Override
    public String toString() {
        return Text.format("Renewal[held=%s, cancelRequested=%s]", held, cancelRequested);
    }
}
