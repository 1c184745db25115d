package io.batchengine.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one job.
 *
 * @param id the job's id
 * @param type the job's type
 * @param status its status
 * @param errorMessage why it failed, or null
 * @param batchId the batch that it belongs to
 * @param fileId the file that it runs for
 * @param attempts how often its body was started, 0 before its first start
 * @param startedAt when its last attempt started, or null before that. For jobs of under a millisecond it is a
 *     close estimate: the engine does not read the clock for each of them
 * @param finishedAt when it ended, or null while it has not
 */
public record JobRecord(
        String id,
        JobType type,
        JobStatus status,
        @Nullable String errorMessage,
        String batchId,
        String fileId,
        int attempts,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {
    /**
     * The reference to this job.
     *
     * @return id and type
     */
    public JobReference reference() {
        return new JobReference(id, type);
    }
}
