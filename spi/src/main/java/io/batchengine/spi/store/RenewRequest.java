package io.batchengine.spi.store;

import io.batchengine.model.Text;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What {@link BatchStore#renew} prolongs and gives back.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class RenewRequest {
    private final String owner;
    private final Duration lease;
    private final List<ClaimRef> releases;

    private RenewRequest(String owner, Duration lease, List<ClaimRef> releases) {
        this.owner = owner;
        this.lease = lease;
        this.releases = releases;
    }

    /**
     * Creates a request.
     *
     * @param owner the engine's owner id
     * @param lease how long the lease lasts, from now, by the store's own clock
     * @param releases the batches to give back at once, open to every engine; one that is not held under that
     *     epoch is passed over
     * @return the request
     */
    public static RenewRequest of(String owner, Duration lease, List<ClaimRef> releases) {
        return new RenewRequest(owner, lease, releases);
    }

    /** {@return the engine's owner id} */
    public String owner() {
        return owner;
    }

    /** {@return how long the lease lasts, from now, by the store's own clock} */
    public Duration lease() {
        return lease;
    }

    /**
     * {@return the batches to give back at once, open to every engine; one that is not held under that epoch
     * is passed over}
     */
    public List<ClaimRef> releases() {
        return releases;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RenewRequest that
                && owner.equals(that.owner)
                && lease.equals(that.lease)
                && releases.equals(that.releases);
    }

    @Override
    public int hashCode() {
        return Objects.hash(owner, lease, releases);
    }

    @Override
    public String toString() {
        return Text.format("RenewRequest[owner=%s, lease=%s, releases=%s]", owner, lease, releases);
    }
}
