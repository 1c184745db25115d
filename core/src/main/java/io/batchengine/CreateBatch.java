package io.batchengine;

import io.batchengine.model.BatchConfig;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Ids;
import io.batchengine.model.JobType;
import io.batchengine.model.Text;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A request to create a batch: one job of a configuration for every file of a source directory. Immutable; the {@code with}
 * methods make changed copies.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class CreateBatch {
    private final String sourceDirectoryId;
    private final BatchConfig config;
    private final @Nullable BatchOptions options;
    private final @Nullable String idempotencyKey;
    private final @Nullable String requestedBy;

    private CreateBatch(
            String sourceDirectoryId,
            BatchConfig config,
            @Nullable BatchOptions options,
            @Nullable String idempotencyKey,
            @Nullable String requestedBy) {
        Ids.requireValid("source directory id", sourceDirectoryId, Ids.MAX_FILE_ID_LENGTH);
        if (idempotencyKey != null) {
            Ids.requireValid("idempotency key", idempotencyKey, Ids.MAX_LENGTH);
        }
        if (requestedBy != null) {
            Ids.requireValid("requestedBy", requestedBy, Ids.MAX_LENGTH);
        }
        this.sourceDirectoryId = sourceDirectoryId;
        this.config = config;
        this.options = options;
        this.idempotencyKey = idempotencyKey;
        this.requestedBy = requestedBy;
    }

    /** {@return the id of the source directory} */
    public String sourceDirectoryId() {
        return sourceDirectoryId;
    }

    /** {@return the job to run for each file} */
    public BatchConfig config() {
        return config;
    }

    /** {@return the options it is to run with, or null for the engine's defaults for its job type} */
    public @Nullable BatchOptions options() {
        return options;
    }

    /** {@return the key that makes the creation repeatable, or null: the same key and request give the same batch} */
    public @Nullable String idempotencyKey() {
        return idempotencyKey;
    }

    /** {@return who asked for it, recorded for audit and put on events, or null} */
    public @Nullable String requestedBy() {
        return requestedBy;
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
        return of(sourceDirectoryId, BatchConfig.of(type, configurationId));
    }

    /**
     * A request with the engine's default options.
     *
     * @param sourceDirectoryId the source directory
     * @param config the job to run for each file
     * @return the request
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if the id breaks the rules of {@link Ids}
     */
    public static CreateBatch of(String sourceDirectoryId, BatchConfig config) {
        return new CreateBatch(sourceDirectoryId, config, null, null, null);
    }

    /**
     * This request with options of its own.
     *
     * @param batchOptions in place of all defaults of the engine, those for its job type included; or null for these defaults
     * @return the changed copy
     */
    public CreateBatch withOptions(@Nullable BatchOptions batchOptions) {
        return new CreateBatch(sourceDirectoryId, config, batchOptions, idempotencyKey, requestedBy);
    }

    /**
     * This request with an idempotency key.
     *
     * @param key unique within the project, or null for none
     * @return the changed copy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it breaks the rules of {@link Ids}
     */
    public CreateBatch withIdempotencyKey(@Nullable String key) {
        return new CreateBatch(sourceDirectoryId, config, options, key, requestedBy);
    }

    /**
     * This request with the name of who asks.
     *
     * @param who for audit, or null
     * @return the changed copy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it breaks the rules of {@link Ids}
     */
    public CreateBatch withRequestedBy(@Nullable String who) {
        return new CreateBatch(sourceDirectoryId, config, options, idempotencyKey, who);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CreateBatch that
                && sourceDirectoryId.equals(that.sourceDirectoryId)
                && config.equals(that.config)
                && Objects.equals(options, that.options)
                && Objects.equals(idempotencyKey, that.idempotencyKey)
                && Objects.equals(requestedBy, that.requestedBy);
    }

    @Override
    public int hashCode() {
        return Objects.hash(sourceDirectoryId, config, options, idempotencyKey, requestedBy);
    }

    @Override
    public String toString() {
        return Text.format(
                "CreateBatch[sourceDirectoryId=%s, config=%s, options=%s, idempotencyKey=%s, requestedBy=%s]",
                sourceDirectoryId, config, options, idempotencyKey, requestedBy);
    }
}
