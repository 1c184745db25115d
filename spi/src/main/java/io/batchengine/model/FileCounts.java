package io.batchengine.model;

/**
 * The counters of a batch. They sum: {@code listed} is what is settled and what is not yet; duplicates stand apart.
 *
 * @param listed files that have a place in the batch
 * @param duplicates ids that the source directory listed again; they have no place of their own
 * @param mappingErrors settled files for which no job could be created
 * @param succeeded settled files whose job succeeded
 * @param failed settled files whose job failed
 * @param cancelled settled files whose job was stopped by a cancellation
 */
public record FileCounts(
        long listed, long duplicates, long mappingErrors, long succeeded, long failed, long cancelled) {
    /** Nothing listed yet. */
    public static final FileCounts ZERO = new FileCounts(0, 0, 0, 0, 0, 0);

    /**
     * Files whose result and job outcome are recorded.
     *
     * @return {@code mappingErrors + succeeded + failed + cancelled}
     */
    public long settled() {
        return mappingErrors + mapped();
    }

    /**
     * Settled files for which a job was created.
     *
     * @return {@code succeeded + failed + cancelled}
     */
    public long mapped() {
        return succeeded + failed + cancelled;
    }

    /**
     * Settled files that have failed: no job could be created, or the job failed.
     *
     * @return {@code mappingErrors + failed}
     */
    public long failedFiles() {
        return mappingErrors + failed;
    }

    /**
     * Both counts added, field by field.
     *
     * @param more what to add
     * @return the sum
     */
    public FileCounts plus(FileCounts more) {
        return new FileCounts(
                listed + more.listed,
                duplicates + more.duplicates,
                mappingErrors + more.mappingErrors,
                succeeded + more.succeeded,
                failed + more.failed,
                cancelled + more.cancelled);
    }
}
