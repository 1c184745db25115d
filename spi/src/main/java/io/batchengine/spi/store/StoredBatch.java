package io.batchengine.spi.store;

import io.batchengine.model.Batch;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.Text;
import io.batchengine.spi.BatchSummary;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A batch as a store has it: what it was created with, and the state that its owner moves.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class StoredBatch {
    private final BatchRecord request;
    private final BatchState state;

    private StoredBatch(BatchRecord request, BatchState state) {
        this.request = request;
        this.state = state;
    }

    /**
     * Creates a batch as it was read.
     *
     * @param request what it was created with
     * @param state its state
     * @return the batch
     */
    public static StoredBatch of(BatchRecord request, BatchState state) {
        return new StoredBatch(request, state);
    }

    /**
     * Creates a batch that is new: {@link BatchStatus#PENDING}, version and epoch 0, unowned.
     *
     * @param request what it is created with
     * @return the batch
     */
    public static StoredBatch created(BatchRecord request) {
        return new StoredBatch(
                request,
                BatchState.builder()
                        .status(BatchStatus.PENDING)
                        .updatedAt(request.createdAt())
                        .build());
    }

    /**
     * The same batch as if it had been created with something else.
     *
     * @param value what it is created with
     * @return the changed copy
     */
    public StoredBatch withRequest(BatchRecord value) {
        return new StoredBatch(value, state);
    }

    /**
     * The same batch in another state.
     *
     * @param value the state
     * @return the changed copy
     */
    public StoredBatch withState(BatchState value) {
        return new StoredBatch(request, value);
    }

    /** {@return what it was created with} */
    public BatchRecord request() {
        return request;
    }

    /** {@return its state} */
    public BatchState state() {
        return state;
    }

    /**
     * When a write that happens at a time is recorded: time as the store tells it strictly grows, whatever the clock does.
     *
     * @param at what the clock says
     * @return {@code at} in whole microseconds, or a microsecond after the last change where that is later
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
     * @return the same batch with the next version, the next epoch, the new token and the new owner; one crash more if {@link #ownerLost}
     */
    public StoredBatch claimedBy(String owner, long claimToken, Instant at) {
        return withState(state.toBuilder()
                .version(state.version() + 1)
                .epoch(state.epoch() + 1)
                .claimToken(claimToken)
                .owner(owner)
                .crashes(ownerLost() ? state.crashes() + 1 : state.crashes())
                .updatedAt(nextUpdate(at))
                .build());
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
        boolean starts = state.startedAt() == null && status == BatchStatus.RUNNING;
        return withState(state.toBuilder()
                .status(status)
                .version(state.version() + 1)
                .owner(status.isTerminal() ? null : state.owner())
                .crashes(commit.crashes())
                .listingEnded(commit.listingEnded())
                .listedTo(commit.listedTo())
                .settledBelow(commit.settledBelow())
                .counts(commit.counts())
                .reason(commit.reason())
                .updatedAt(at)
                .startedAt(starts ? at : state.startedAt())
                .finishedAt(status.isTerminal() ? at : null)
                .build());
    }

    /**
     * The same batch with a cancel request standing. Neither version nor time of change move.
     *
     * @return the changed copy
     */
    public StoredBatch withCancelRequested() {
        return withState(state.toBuilder().cancelRequested(true).build());
    }

    /**
     * The same batch without an owner, open to every engine.
     *
     * @return the changed copy
     */
    public StoredBatch released() {
        return withState(state.toBuilder().owner(null).build());
    }

    /**
     * Whether a claim finds an owner that has not given the batch back.
     *
     * @return whether there is an owner
     */
    public boolean ownerLost() {
        return state.owner() != null;
    }

    /**
     * The last claim of this batch, as the engine that made it holds it.
     *
     * @return batch, epoch and claim token
     */
    public ClaimRef claim() {
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
        return BatchSummary.builder()
                .batchId(request.id())
                .scope(request.scope())
                .sourceDirectoryId(request.sourceDirectoryId())
                .jobType(request.config().job().type())
                .requestedBy(request.requestedBy())
                .build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoredBatch that && request.equals(that.request) && state.equals(that.state);
    }

    @Override
    public int hashCode() {
        return Objects.hash(request, state);
    }

    @Override
    public String toString() {
        return Text.format("StoredBatch[request=%s, state=%s]", request, state);
    }
}
