package io.batchengine.spi;

/**
 * A batch as an engine holds it.
 *
 * @param batchId the batch
 * @param epoch the epoch under which it was claimed
 */
public record Hold(String batchId, long epoch) {}
