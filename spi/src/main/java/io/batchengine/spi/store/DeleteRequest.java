package io.batchengine.spi.store;

import io.batchengine.model.BatchStatus;
import java.time.Instant;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What to delete. Only terminal batches are ever deleted, and none that a batch which has not ended retries.
 *
 * <p>Closed, and the components of each request are fixed.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public sealed interface DeleteRequest {
    /**
     * One batch with its files.
     *
     * @param projectId the project
     * @param batchId the batch
     */
    record OneBatch(String projectId, String batchId) implements DeleteRequest {}

    /**
     * All batches that became terminal before a time, with their files; and what is left of batches that were deleted in part.
     *
     * @param projectId the project, or null for all
     * @param before the time, any at all; see {@link BatchStatus#isTerminal()}
     */
    record FinishedBefore(@Nullable String projectId, Instant before) implements DeleteRequest {}
}
