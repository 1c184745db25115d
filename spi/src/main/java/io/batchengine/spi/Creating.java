package io.batchengine.spi;

/** A store's answer to the creation of a batch. */
public sealed interface Creating {
    /**
     * The batch.
     *
     * @return the one stored now, or the one that was stored before
     */
    StoredBatch batch();

    /**
     * Stored.
     *
     * @param batch the new batch
     */
    record Created(StoredBatch batch) implements Creating {}

    /**
     * The idempotency key was used before in this project, with the same fingerprint; nothing was stored.
     *
     * @param batch the batch that was stored before
     */
    record Existing(StoredBatch batch) implements Creating {}

    /**
     * The idempotency key was used before in this project, with another fingerprint; nothing was stored.
     *
     * @param batch the batch that was stored before
     */
    record Conflict(StoredBatch batch) implements Creating {}
}
