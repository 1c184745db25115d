package io.batchengine.spi.store;

import org.apiguardian.api.API;

/**
 * What a batch is found by; always within one project, so that no other project's batch is ever told of. Closed.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public sealed interface BatchKey {
    /**
     * The project.
     *
     * @return its id
     */
    String projectId();

    /**
     * By the batch's id.
     *
     * @param projectId the project
     * @param batchId the id
     */
    record ById(String projectId, String batchId) implements BatchKey {}

    /**
     * By the key that its creator gave.
     *
     * @param projectId the project
     * @param idempotencyKey the key
     */
    record ByIdempotencyKey(String projectId, String idempotencyKey) implements BatchKey {}
}
