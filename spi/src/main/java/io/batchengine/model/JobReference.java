package io.batchengine.model;

/**
 * Names a job: what a per-file result points to. A record: it is a reference, and can't grow.
 *
 * @param id the job's id, with the prefix of its type
 * @param type the job's type
 */
public record JobReference(String id, JobType type) {}
