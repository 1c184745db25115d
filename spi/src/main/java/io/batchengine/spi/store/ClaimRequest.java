package io.batchengine.spi.store;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobType;
import io.batchengine.model.StatusReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An engine's wish for work. What it wants of a single batch is told by {@link #wants}; the limits are counted by the store.
 *
 * @param owner the engine's owner id: new at every start of an engine
 * @param claimToken drawn at random for this request alone: no other request of any engine has it. It stands in the state of what is
 *     claimed, and in every commit and release. So a claim that is repeated, because the store was set back to a time before the first,
 *     is told apart from the first, though both have the same epoch
 * @param lease how long the engine holds what it claims, unless it renews
 * @param types the job types that it serves; none where it wants only what is to be cancelled. A batch with a standing cancel request is
 *     claimed whatever its type and the limit of its project: it needs no job any more
 * @param limitPerProject how many batches of one project at the most, from 0, in its {@link BatchRecord#claimOrder}; for each project that
 *     {@code projectLimits} does not name. Those to be cancelled are not counted
 * @param projectLimits by project id, from 0, in place of {@code limitPerProject}. May be many
 * @param limit how many batches at the most, from 1; those to be cancelled count too
 * @param pendingSince where not null, only batches that are {@link BatchStatus#PENDING} and were created at this time or before are
 *     claimed, of those to be cancelled too: so an engine finds what nobody has taken up for a while, and finds it once
 * @param at what the engine's clock says, for {@link StoredBatch#nextUpdate}; never compared with a lease
 */
public record ClaimRequest(
        String owner,
        long claimToken,
        Duration lease,
        Set<JobType> types,
        int limitPerProject,
        Map<String, Integer> projectLimits,
        int limit,
        @Nullable Instant pendingSince,
        Instant at) {
    /**
     * A wish for whatever there is, of any project.
     *
     * @param owner the engine's owner id
     * @param claimToken drawn at random for this request alone
     * @param lease how long it holds what it claims
     * @param types the job types that it serves
     * @param limit how many batches at the most, from 1
     * @param at what the engine's clock says
     */
    public ClaimRequest(String owner, long claimToken, Duration lease, Set<JobType> types, int limit, Instant at) {
        this(owner, claimToken, lease, types, limit, Map.of(), limit, null, at);
    }

    /**
     * How many batches of a project are wanted at the most, those to be cancelled aside.
     *
     * @param projectId the project
     * @return its own limit, or that of each
     */
    public int limitOf(String projectId) {
        return projectLimits.getOrDefault(projectId, limitPerProject);
    }

    /**
     * Whether a batch that can be had is wanted, as far as the batch alone tells.
     *
     * @param batch a batch that is not terminal
     * @return false where its status or age, its type, or its project's limit of 0 rules it out, or its rows are damaged:
     *     {@link StatusReason.Code#STORE_CORRUPT}
     */
    public boolean wants(StoredBatch batch) {
        StoredBatch.State state = batch.state();
        BatchRecord created = batch.request();
        if (pendingSince != null
                && (state.status() != BatchStatus.PENDING || created.createdAt().isAfter(pendingSince))) {
            return false;
        }
        StatusReason reason = state.reason();
        boolean damaged = reason != null && reason.code() == StatusReason.Code.STORE_CORRUPT;
        return state.cancelRequested()
                || (!damaged
                        && types.contains(created.config().job().type())
                        && limitOf(created.scope().projectId()) > 0);
    }
}
