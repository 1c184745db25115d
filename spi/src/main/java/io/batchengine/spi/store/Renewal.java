package io.batchengine.spi.store;

import java.util.Set;

/**
 * A store's answer to a renewal: what the engine holds now.
 *
 * @param held all batches that the owner holds, each with its epoch. One that the engine does not know comes of a claim whose answer was
 *     lost; the engine gives it back
 * @param cancelRequested those of them for which a cancel request stands
 */
public record Renewal(Set<ClaimRef> held, Set<String> cancelRequested) {}
