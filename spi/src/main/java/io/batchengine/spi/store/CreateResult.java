package io.batchengine.spi.store;

import org.apiguardian.api.API;

/**
 * A store's answer to the creation of a batch.
 *
 * <p>The components of each answer are fixed. What is new comes as another kind of answer: have a default branch.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public sealed interface CreateResult {
    /**
     * Stored.
     *
     * @param batch the new batch
     */
    record Created(StoredBatch batch) implements CreateResult {}

    /**
     * The idempotency key was used before in this project, or the batch itself is there, with the same fingerprint; nothing was stored.
     *
     * @param batch the batch that was stored before
     */
    record Existing(StoredBatch batch) implements CreateResult {}

    /**
     * The idempotency key was used before in this project, or the batch itself is there, with another fingerprint; nothing was stored.
     *
     * @param batch the batch that was stored before
     */
    record Conflict(StoredBatch batch) implements CreateResult {}

    /** The batch that it retries is not there, or is being deleted; nothing was stored. */
    record OriginMissing() implements CreateResult {}
}
