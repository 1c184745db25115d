package io.batchengine.model;

import org.apiguardian.api.API;

/**
 * The status of one job, as its {@link JobRecord} tells it. Closed: a change would be a new major version.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum JobStatus {
    /** Its file is listed; the job has not started, or waits for a retry. */
    PENDING,
    /** Its body runs, or is to complete asynchronously. */
    RUNNING,
    /** It succeeded. */
    COMPLETED,
    /** It failed, retries included; the record has its message. */
    FAILED,
    /** It was stopped by the cancellation of its batch. */
    CANCELLED
}
