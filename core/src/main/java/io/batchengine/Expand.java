package io.batchengine;

import org.apiguardian.api.API;

/**
 * What a read of a batch may expand. New values may be added: have a default branch.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum Expand {
    /** The results, once the batch is {@code COMPLETED} or {@code CANCELLED}. */
    RESULTS
}
