package io.batchengine.spi.store;

import org.apiguardian.api.API;

/**
 * A batch as an engine holds it.
 *
 * @param batchId the batch
 * @param epoch the epoch under which it was claimed
 * @param claimToken the token of that claim
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public record ClaimRef(String batchId, long epoch, long claimToken) {}
