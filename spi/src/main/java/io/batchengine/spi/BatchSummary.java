package io.batchengine.spi;

import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What every event says of its batch.
 *
 * @param batchId the batch
 * @param scope on whose behalf it runs
 * @param sourceDirectoryId its source directory
 * @param jobType the type of its jobs
 * @param requestedBy who asked for it, as given at creation, or null
 */
public record BatchSummary(
        String batchId,
        Scope scope,
        String sourceDirectoryId,
        JobType jobType,
        @Nullable String requestedBy) {}
