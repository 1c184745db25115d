package io.batchengine.spi;

import io.batchengine.model.JobType;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * An engine's wish for work.
 *
 * @param owner the engine's owner id: new at every start of an engine
 * @param lease how long the engine holds what it claims, unless it renews
 * @param types the job types that it serves. A batch with a standing cancel request is claimed whatever its type and project: it
 *     needs no job any more
 * @param excludedProjects projects whose batches it does not want now
 * @param limitPerProject how many batches of one project at the most, from 1, its best by priority and age; those to be cancelled count
 *     too
 * @param limit how many batches at the most, from 1; those to be cancelled count too
 * @param at what the engine's clock says, for {@link StoredBatch#nextUpdate}; never compared with a lease
 */
public record ClaimRequest(
        String owner,
        Duration lease,
        Set<JobType> types,
        Set<String> excludedProjects,
        int limitPerProject,
        int limit,
        Instant at) {}
