package io.batchengine.model;

import org.apiguardian.api.API;

/**
 * Names a job: what a per-file result points to. A record: it is a reference, and can't grow.
 *
 * @param id the job's id, with the prefix of its type
 * @param type the job's type
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public record JobReference(String id, JobType type) {}
