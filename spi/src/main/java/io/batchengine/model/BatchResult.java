package io.batchengine.model;

import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The result mapping of one file: the job that was created for it, or why none could be.
 *
 * <p>Exactly one of {@code errorMessage} and {@code jobReference} is set. A job that was created and then failed is no
 * mapping error: its reference is set here, and its own {@link JobRecord} says {@code FAILED}.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class BatchResult {
    private final String sourceDirectoryFileId;
    private final @Nullable String errorMessage;
    private final @Nullable JobReference jobReference;

    private BatchResult(
            String sourceDirectoryFileId, @Nullable String errorMessage, @Nullable JobReference jobReference) {
        this.sourceDirectoryFileId = sourceDirectoryFileId;
        this.errorMessage = errorMessage;
        this.jobReference = jobReference;
    }

    /**
     * Creates the mapping of a file to its job.
     *
     * @param sourceDirectoryFileId the file's id in its source directory
     * @param job the job that was created for it
     * @return the mapping
     */
    public static BatchResult ofJob(String sourceDirectoryFileId, JobReference job) {
        return new BatchResult(sourceDirectoryFileId, null, job);
    }

    /**
     * Creates the mapping of a file that has no job.
     *
     * @param sourceDirectoryFileId the file's id in its source directory
     * @param message why no job could be created
     * @return the mapping
     */
    public static BatchResult ofMappingError(String sourceDirectoryFileId, String message) {
        return new BatchResult(sourceDirectoryFileId, message, null);
    }

    /** {@return the file's id in its source directory} */
    public String sourceDirectoryFileId() {
        return sourceDirectoryFileId;
    }

    /** {@return the mapping error, or null if a job was created} */
    public @Nullable String errorMessage() {
        return errorMessage;
    }

    /** {@return the job, or null if none could be created} */
    public @Nullable JobReference jobReference() {
        return jobReference;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BatchResult that
                && sourceDirectoryFileId.equals(that.sourceDirectoryFileId)
                && Objects.equals(errorMessage, that.errorMessage)
                && Objects.equals(jobReference, that.jobReference);
    }

    @Override
    public int hashCode() {
        return Objects.hash(sourceDirectoryFileId, errorMessage, jobReference);
    }

    @Override
    public String toString() {
        return Text.format(
                "BatchResult[sourceDirectoryFileId=%s, errorMessage=%s, jobReference=%s]",
                sourceDirectoryFileId, errorMessage, jobReference);
    }
}
