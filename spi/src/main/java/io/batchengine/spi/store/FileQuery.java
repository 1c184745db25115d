package io.batchengine.spi.store;

import io.batchengine.spi.FileOutcome;
import java.util.Set;

/** Which files to read. */
public sealed interface FileQuery {
    /**
     * Files of a batch by ordinal, in ascending order.
     *
     * @param batchId the batch
     * @param from the first ordinal
     * @param below the ordinal behind the last; {@link Long#MAX_VALUE} for no bound
     * @param outcomes only files settled so; empty for all listed files, the ones not settled included
     * @param limit how many at the most, from 1
     */
    record InBatch(String batchId, long from, long below, Set<FileOutcome> outcomes, int limit) implements FileQuery {}

    /**
     * The settled file whose job has an id of its factory's own.
     *
     * @param projectId the project
     * @param jobId the job's id
     */
    record ByJob(String projectId, String jobId) implements FileQuery {}
}
