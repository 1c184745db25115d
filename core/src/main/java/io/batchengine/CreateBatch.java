package io.batchengine;

import io.batchengine.model.BatchConfig;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Ids;
import io.batchengine.model.JobType;
import org.jspecify.annotations.Nullable;

/**
 * A request to create a batch: one job of a configuration for every file of a source directory. Immutable; the {@code with}
 * methods make changed copies.
 *
 * @param sourceDirectoryId the source directory
 * @param config the job to run for each file
 * @param options how it is to run, or null for the engine's defaults for its job type
 * @param idempotencyKey makes the creation repeatable: the same key and request give the same batch, or null
 * @param requestedBy who asked for it, recorded for audit and put on events, or null
 */
public record CreateBatch(
        String sourceDirectoryId,
        BatchConfig config,
        @Nullable BatchOptions options,
        @Nullable String idempotencyKey,
        @Nullable String requestedBy) {
    /**
     * Checks the ids.
     *
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if one breaks the rules of {@link Ids}
     */
    public CreateBatch {
        Ids.requireValid("source directory id", sourceDirectoryId, Ids.MAX_FILE_ID_LENGTH);
        if (idempotencyKey != null) {
            Ids.requireValid("idempotency key", idempotencyKey, Ids.MAX_LENGTH);
        }
        if (requestedBy != null) {
            Ids.requireValid("requestedBy", requestedBy, Ids.MAX_LENGTH);
        }
    }

    /**
     * A request with the engine's default options.
     *
     * @param sourceDirectoryId the source directory
     * @param type the job's type
     * @param configurationId a saved configuration or a built-in preset of that type
     * @return the request
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if an id breaks the rules of {@link Ids}
     */
    public static CreateBatch of(String sourceDirectoryId, JobType type, String configurationId) {
        return new CreateBatch(sourceDirectoryId, BatchConfig.of(type, configurationId), null, null, null);
    }

    /**
     * This request with options of its own.
     *
     * @param batchOptions in place of all defaults of the engine, those for its job type included
     * @return the changed copy
     */
    public CreateBatch withOptions(BatchOptions batchOptions) {
        return new CreateBatch(sourceDirectoryId, config, batchOptions, idempotencyKey, requestedBy);
    }

    /**
     * This request with an idempotency key.
     *
     * @param key unique within the project
     * @return the changed copy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it breaks the rules of {@link Ids}
     */
    public CreateBatch withIdempotencyKey(String key) {
        return new CreateBatch(sourceDirectoryId, config, options, key, requestedBy);
    }

    /**
     * This request with the name of who asks.
     *
     * @param who for audit
     * @return the changed copy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it breaks the rules of {@link Ids}
     */
    public CreateBatch withRequestedBy(String who) {
        return new CreateBatch(sourceDirectoryId, config, options, idempotencyKey, who);
    }
}
