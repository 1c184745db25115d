package io.batchengine.spi.store;

import io.batchengine.model.Batch;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.BatchSummary;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A batch as a store has it: what it was created with, and the state that its owner moves.
 *
 * @param request what it was created with
 * @param state its state
 */
public record StoredBatch(BatchRecord request, State state) {
    /**
     * The part of a batch that changes.
     *
     * @param status the status
     * @param version grows by one with each claim and commit, from 0 at creation
     * @param epoch the ownership number: grows by one with each claim, from 0 at creation
     * @param claimToken the {@link ClaimRequest#claimToken} of the last claim, or 0 before the first: with the epoch it names one claim,
     *     also where the store was set back and gives an epoch a second time
     * @param owner the engine that holds the batch, or null
     * @param crashes how often in a row a claim found that the owner before was lost, since an owner last committed another count
     * @param cancelRequested whether a cancel request stands
     * @param listingEnded whether all files are listed
     * @param listedTo the last listed id, behind which the listing goes on, or null before the first page
     * @param settledBelow the ordinal below which every file is settled
     * @param counts the counters
     * @param reason why it is throttled or why it failed, or null
     * @param updatedAt when it last changed
     * @param startedAt when it first ran, or null
     * @param finishedAt when it became terminal, or null
     */
    public record State(
            BatchStatus status,
            long version,
            long epoch,
            long claimToken,
            @Nullable String owner,
            int crashes,
            boolean cancelRequested,
            boolean listingEnded,
            @Nullable String listedTo,
            long settledBelow,
            FileCounts counts,
            @Nullable StatusReason reason,
            Instant updatedAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {}

    /**
     * A batch that was just created: {@link BatchStatus#PENDING}, version and epoch 0, unowned.
     *
     * @param request what it is created with
     * @return the batch
     */
    public static StoredBatch created(BatchRecord request) {
        return new StoredBatch(
                request,
                new State(
                        BatchStatus.PENDING,
                        0,
                        0,
                        0,
                        null,
                        0,
                        false,
                        false,
                        null,
                        0,
                        FileCounts.ZERO,
                        null,
                        request.createdAt(),
                        null,
                        null));
    }

    /**
     * When a write that happens at a time is recorded: time as the store tells it strictly grows, whatever the clock does.
     *
     * @param at what the clock says
     * @return {@code at} in whole microseconds, or a microsecond behind the last change where that is later
     */
    public Instant nextUpdate(Instant at) {
        Instant floor = state.updatedAt().plus(1, ChronoUnit.MICROS);
        Instant micros = at.truncatedTo(ChronoUnit.MICROS);
        return micros.isBefore(floor) ? floor : micros;
    }

    /**
     * The state after a claim.
     *
     * @param owner the engine that claims
     * @param claimToken the claim's token
     * @param at what the clock says
     * @return the same batch with the next version, the next epoch, the new token and the new owner; one crash more where {@link #ownerLost}
     */
    public StoredBatch claimedBy(String owner, long claimToken, Instant at) {
        State s = state;
        return new StoredBatch(
                request,
                new State(
                        s.status,
                        s.version + 1,
                        s.epoch + 1,
                        claimToken,
                        owner,
                        ownerLost() ? s.crashes + 1 : s.crashes,
                        s.cancelRequested,
                        s.listingEnded,
                        s.listedTo,
                        s.settledBelow,
                        s.counts,
                        s.reason,
                        nextUpdate(at),
                        s.startedAt,
                        s.finishedAt));
    }

    /**
     * The state after a commit that is applied. Does not judge whether it may be: see {@link BatchCommit#judge}.
     *
     * @param commit the commit
     * @return the same batch with the commit's state and the next version; a terminal one without owner
     */
    public StoredBatch after(BatchCommit commit) {
        Instant at = nextUpdate(commit.at());
        BatchStatus status = commit.status();
        boolean started = state.startedAt != null || status == BatchStatus.RUNNING;
        return new StoredBatch(
                request,
                new State(
                        status,
                        state.version + 1,
                        state.epoch,
                        state.claimToken,
                        status.isTerminal() ? null : state.owner,
                        commit.crashes(),
                        state.cancelRequested,
                        commit.listingEnded(),
                        commit.listedTo(),
                        commit.settledBelow(),
                        commit.counts(),
                        commit.reason(),
                        at,
                        state.startedAt != null ? state.startedAt : started ? at : null,
                        status.isTerminal() ? at : null));
    }

    /**
     * The same batch with a cancel request standing. Neither version nor time of change move.
     *
     * @return the changed copy
     */
    public StoredBatch withCancelRequested() {
        State s = state;
        return new StoredBatch(
                request,
                new State(
                        s.status,
                        s.version,
                        s.epoch,
                        s.claimToken,
                        s.owner,
                        s.crashes,
                        true,
                        s.listingEnded,
                        s.listedTo,
                        s.settledBelow,
                        s.counts,
                        s.reason,
                        s.updatedAt,
                        s.startedAt,
                        s.finishedAt));
    }

    /**
     * The same batch without an owner, open to every engine.
     *
     * @return the changed copy
     */
    public StoredBatch released() {
        State s = state;
        return new StoredBatch(
                request,
                new State(
                        s.status,
                        s.version,
                        s.epoch,
                        s.claimToken,
                        null,
                        s.crashes,
                        s.cancelRequested,
                        s.listingEnded,
                        s.listedTo,
                        s.settledBelow,
                        s.counts,
                        s.reason,
                        s.updatedAt,
                        s.startedAt,
                        s.finishedAt));
    }

    /**
     * Whether a claim finds an owner that has not given the batch back.
     *
     * @return whether there is an owner
     */
    public boolean ownerLost() {
        return state.owner != null;
    }

    /**
     * The last claim of this batch, as the engine that made it holds it.
     *
     * @return batch, epoch and claim token
     */
    public ClaimRef hold() {
        return new ClaimRef(request.id(), state.epoch(), state.claimToken());
    }

    /**
     * The batch's id.
     *
     * @return as it was created with
     */
    public String id() {
        return request.id();
    }

    /**
     * The batch as a caller sees it, without results.
     *
     * @return the wire model's fields
     */
    public Batch toBatch() {
        return Batch.builder()
                .id(request.id())
                .config(request.config())
                .projectId(request.scope().projectId())
                .sourceDirectoryId(request.sourceDirectoryId())
                .status(state.status())
                .createdAt(request.createdAt())
                .updatedAt(state.updatedAt())
                .build();
    }

    /**
     * What events say of this batch.
     *
     * @return the summary
     */
    public BatchSummary summary() {
        return new BatchSummary(
                request.id(),
                request.scope(),
                request.sourceDirectoryId(),
                request.config().job().type(),
                request.requestedBy());
    }
}
