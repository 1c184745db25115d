package io.batchengine.internal.engine.claim;

import io.batchengine.internal.engine.batch.BatchServices;
import io.batchengine.internal.engine.commit.CommitSource;
import io.batchengine.internal.engine.commit.StateCommit;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.ClaimRef;
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Marks batches that are claimed and may not be worked on as {@link BatchStatus#THROTTLED}, and releases them at once, open to every engine.
 * Nothing else of a batch is written. Confined to the serial executor.
 */
final class Marking {
    private final BatchServices engine;
    private final Releaser releaser;
    private final Recovery recovery;
    private final Map<String, Mark> marks = new HashMap<>(); // held, by batch id
    private boolean stopped;

    Marking(BatchServices engine, Releaser releaser, Recovery recovery) {
        this.engine = engine;
        this.releaser = releaser;
        this.recovery = recovery;
    }

    void mark(StoredBatch claimed, StatusReason reason) {
        Mark mark = new Mark(claimed, reason);
        marks.put(claimed.id(), mark);
        engine.committer.dirty(mark);
    }

    boolean holds(ClaimRef claim) {
        Mark mark = marks.get(claim.batchId());
        return mark != null && mark.claim.equals(claim);
    }

    /** Whether it holds nothing. */
    boolean isEmpty() {
        return marks.isEmpty();
    }

    /** Marks nothing more: what is held is released as it is. */
    void stop() {
        stopped = true;
    }

    /** The one write of one batch. */
    private final class Mark implements CommitSource {
        private final StoredBatch claimed;
        private final StatusReason reason;
        private final ClaimRef claim;
        private @Nullable BatchCommit commit;

        Mark(StoredBatch claimed, StatusReason reason) {
            this.claimed = claimed;
            this.reason = reason;
            this.claim = claimed.claim();
        }

        @Override
        public BatchKey.ById key() {
            return new BatchKey.ById(claimed.request().scope().projectId(), claimed.id());
        }

        @Override
        public @Nullable BatchCommit take(Instant at) {
            if (stopped) {
                over();
                releaser.release(claim);
                return null;
            }
            commit = StateCommit.of(claimed, at)
                    .status(BatchStatus.THROTTLED)
                    .reason(reason)
                    .build();
            return commit;
        }

        @Override
        public boolean isRefused() {
            return false;
        }

        /** What waits is marked for people to see: where the store refuses that, it waits unmarked. */
        @Override
        public void refused(Throwable failure) {
            over();
            releaser.release(claim);
        }

        @Override
        public void answered(Verdict verdict) {
            over();
            if (commit == null || verdict.kind() != Verdict.Kind.APPLIED) {
                engine.committer.refused(claim.batchId(), verdict.kind());
                releaser.release(claim); // passed over where another engine has it
                return;
            }
            StoredBatch marked = claimed.after(commit);
            engine.events.statusChanged(marked);
            if (verdict.cancelRequested() && !stopped) {
                recovery.takeUp(Claimed.of(marked.withCancelRequested(), false));
            } else {
                releaser.release(claim);
            }
        }

        private void over() {
            marks.remove(claim.batchId(), this);
        }
    }
}
