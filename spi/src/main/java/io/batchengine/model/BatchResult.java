package io.batchengine.model;

import org.jspecify.annotations.Nullable;

/**
 * The result mapping of one file: the job that was created for it, or why none could be.
 *
 * <p>Exactly one of {@code errorMessage} and {@code jobReference} is set. A job that was created and then failed is no
 * mapping error: its reference is set here, and its own {@link JobRecord} says {@code FAILED}.
 *
 * @param sourceDirectoryFileId the file's id in its source directory
 * @param errorMessage the mapping error, or null where a job was created
 * @param jobReference the job, or null where none could be created
 */
public record BatchResult(
        String sourceDirectoryFileId,
        @Nullable String errorMessage,
        @Nullable JobReference jobReference) {}
