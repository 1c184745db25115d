package io.batchengine.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch as a caller sees it: exactly the fields of the wire model. What the wire model lacks is in {@link BatchProgress}.
 *
 * @param id {@code bat-} and a time-ordered UUID
 * @param config the configuration
 * @param projectId the project that owns the batch
 * @param sourceDirectoryId the source directory
 * @param status the status
 * @param createdAt when it was created
 * @param updatedAt when it last changed; strictly later at each change
 * @param results the result mappings in listing order, or null: null unless asked for, while the batch is not terminal,
 *     and for {@link BatchStatus#FAILED}
 */
public record Batch(
        String id,
        BatchConfig config,
        String projectId,
        String sourceDirectoryId,
        BatchStatus status,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt,
        @Nullable List<BatchResult> results) {
    /** Copies the results. */
    public Batch {
        results = results == null ? null : List.copyOf(results);
    }
}
