package io.batchengine.spi.store;

/**
 * A batch as an engine holds it.
 *
 * @param batchId the batch
 * @param epoch the epoch under which it was claimed
 * @param claimToken the token of that claim
 */
public record ClaimRef(String batchId, long epoch, long claimToken) {}
