package io.batchengine.spi.store;

/**
 * A batch that an engine was given.
 *
 * @param batch the batch as it is after the claim
 * @param ownerLost whether an engine held it before and has not given it back: it died, or let its lease lapse. What it had started
 *     may have killed it
 */
public record Claimed(StoredBatch batch, boolean ownerLost) {}
