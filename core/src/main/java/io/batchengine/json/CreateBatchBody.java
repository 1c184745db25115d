package io.batchengine.json;

import io.batchengine.model.BatchConfig;
import io.batchengine.model.Text;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that creates a batch. What the original takes beside it, project and organization, comes with the request.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class CreateBatchBody {
    private final String sourceDirectoryId;
    private final BatchConfig config;

    private CreateBatchBody(String sourceDirectoryId, BatchConfig config) {
        this.sourceDirectoryId = sourceDirectoryId;
        this.config = config;
    }

    /**
     * A body with a source directory and a configuration.
     *
     * @param sourceDirectoryId the source directory
     * @param config which job to run for each file, and with which configuration
     * @return the body
     */
    public static CreateBatchBody of(String sourceDirectoryId, BatchConfig config) {
        return new CreateBatchBody(sourceDirectoryId, config);
    }

    /** {@return the id of the source directory} */
    public String sourceDirectoryId() {
        return sourceDirectoryId;
    }

    /** {@return which job to run for each file, and with which configuration} */
    public BatchConfig config() {
        return config;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CreateBatchBody that
                && sourceDirectoryId.equals(that.sourceDirectoryId)
                && config.equals(that.config);
    }

    @Override
    public int hashCode() {
        return Objects.hash(sourceDirectoryId, config);
    }

    @Override
    public String toString() {
        return Text.format("CreateBatchBody[sourceDirectoryId=%s, config=%s]", sourceDirectoryId, config);
    }
}
