package io.batchengine.spi;

import java.util.Set;

/**
 * A store's answer to a renewal: what the engine holds now.
 *
 * @param held the ids of all batches that the owner still holds
 * @param cancelRequested those of them for which a cancel request stands
 */
public record Renewal(Set<String> held, Set<String> cancelRequested) {}
