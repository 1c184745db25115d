package io.batchengine.json;

import io.batchengine.model.BatchConfig;

/**
 * The body of a request that creates a batch. What the original takes beside it, project and organization, comes with the request.
 *
 * @param sourceDirectoryId the source directory
 * @param config which job to run for each file, and with which configuration
 */
public record CreateBatchBody(String sourceDirectoryId, BatchConfig config) {}
