package io.batchengine.spi.store;

import io.batchengine.model.BatchConfig;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.Scope;
import io.batchengine.spi.ConfigurationSnapshot;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a batch is created with; it never changes.
 *
 * @param id the batch's id
 * @param scope on whose behalf
 * @param sourceDirectoryId the source directory
 * @param config the configuration, by id
 * @param configuration the snapshot of its parameters
 * @param jobIdPrefix the prefix of the ids of its jobs, as their factory declared it
 * @param options retry, timeout and file limit
 * @param idempotencyKey the caller's key, unique within its project, or null
 * @param fingerprint a digest of the caller's request, to tell the same request sent twice from another one of the same key
 * @param requestedBy who asked for it, for audit, or null
 * @param retryOf the batch whose failed files are run again, or null
 * @param createdAt when, in whole microseconds
 */
public record BatchRecord(
        String id,
        Scope scope,
        String sourceDirectoryId,
        BatchConfig config,
        ConfigurationSnapshot configuration,
        String jobIdPrefix,
        BatchOptions options,
        @Nullable String idempotencyKey,
        String fingerprint,
        @Nullable String requestedBy,
        @Nullable String retryOf,
        Instant createdAt) {
    /**
     * The place of this batch among those of its project that wait to be claimed: the earliest goes first, ties by id. It is the time of
     * creation less {@link BatchOptions#PRIORITY_HEAD_START} for each step of priority. It never changes, so a store can index it; and as time
     * goes on, whatever is created comes behind a batch that waits.
     *
     * @return when, in whole microseconds
     */
    public Instant claimOrder() {
        return createdAt.minus(BatchOptions.PRIORITY_HEAD_START.multipliedBy(options.priority()));
    }
}
