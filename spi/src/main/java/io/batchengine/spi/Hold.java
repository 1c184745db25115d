package io.batchengine.spi;

/**
 * A batch as an engine holds it.
 *
 * @param batchId the batch
 * @param epoch the epoch under which it was claimed
 * @param claimToken the token of that claim
 */
public record Hold(String batchId, long epoch, long claimToken) {}
