package io.batchengine.spi.store;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.SettledFile;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that one write says of one batch; applied as a whole or not at all. The state fields are the new values, not differences.
 *
 * <p>A commit whose pages do not begin where the recorded ones end, or that tells of a file of no page, is against this contract: a
 * store refuses it with an exception and writes nothing of it.
 *
 * @param batchId the batch
 * @param epoch the epoch under which the writer claimed the batch
 * @param claimToken the token of that claim, as {@link StoredBatch.State#claimToken} told it
 * @param expectedVersion the version that the writer saw last
 * @param at what the writer's clock says; see {@link StoredBatch#nextUpdate}
 * @param status the new status, or the present one
 * @param reason why it is throttled, why it failed, or what is damaged of it; or null
 * @param counts the new counters
 * @param listingEnded whether all files are listed
 * @param listedTo the last listed id, or null before the first page
 * @param settledBelow the ordinal below which every file is settled after this write
 * @param crashes the new {@link StoredBatch.State#crashes}
 * @param pages pages to record
 * @param settled files to record as settled; each of a page recorded before or in this write. Of one that was settled before, or
 *     stands here twice, the first end counts
 * @param delayed what there is to tell of files that are not settled, none of them twice, in place of an earlier record of the same
 *     file; each of a page recorded before or in this write. Nothing is recorded of a file that is settled, before or in this write
 */
public record BatchCommit(
        String batchId,
        long epoch,
        long claimToken,
        long expectedVersion,
        Instant at,
        BatchStatus status,
        @Nullable StatusReason reason,
        FileCounts counts,
        boolean listingEnded,
        @Nullable String listedTo,
        long settledBelow,
        int crashes,
        List<ListedPage> pages,
        List<SettledFile> settled,
        List<DelayedFile> delayed) {

    /**
     * The claim under which this is written.
     *
     * @return batch, epoch and claim token
     */
    public ClaimRef hold() {
        return new ClaimRef(batchId, epoch, claimToken);
    }

    /**
     * What a store must answer to this commit, in the order in which the rules are asked: is there the batch, do epoch and
     * claim token hold, is it terminal, is the version the expected one, is the edge legal, does a cancel request forbid it.
     *
     * @param found the batch as it is stored, or null where there is none
     * @return the verdict; only {@link Verdict.Kind#APPLIED} may be written
     */
    public Verdict judge(@Nullable StoredBatch found) {
        if (found == null) {
            return new Verdict(Verdict.Kind.GONE, false);
        }
        StoredBatch.State state = found.state();
        return new Verdict(kind(state), state.cancelRequested());
    }

    private Verdict.Kind kind(StoredBatch.State state) {
        if (state.epoch() != epoch || state.claimToken() != claimToken) {
            return Verdict.Kind.STALE_EPOCH;
        }
        if (state.status().isTerminal()) {
            return Verdict.Kind.TERMINAL;
        }
        if (state.version() != expectedVersion) {
            return Verdict.Kind.VERSION_CONFLICT;
        }
        if (state.status() != status && !state.status().canMoveTo(status)) {
            return Verdict.Kind.ILLEGAL_TRANSITION;
        }
        return status == BatchStatus.COMPLETED && state.cancelRequested()
                ? Verdict.Kind.CANCEL_REQUESTED
                : Verdict.Kind.APPLIED;
    }
}
