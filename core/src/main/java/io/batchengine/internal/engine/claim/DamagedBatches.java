package io.batchengine.internal.engine.claim;

import io.batchengine.internal.engine.base.EngineBase;
import io.batchengine.internal.engine.batch.RefusedContent;
import io.batchengine.internal.engine.commit.CommitSource;
import io.batchengine.internal.engine.commit.Committer;
import io.batchengine.internal.engine.commit.StateCommit;
import io.batchengine.internal.engine.events.Events;
import io.batchengine.internal.engine.events.Waiters;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.StatusReason;
import io.batchengine.model.Text;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchState;
import io.batchengine.spi.store.ClaimRef;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Batches that can't be worked on, since rows that this needs are damaged in the store. Each keeps its status, gets the reason
 * {@link StatusReason.Code#STORE_CORRUPT}, by which no engine claims it again, and is released; one that is to be cancelled is ended.
 * Confined to the serial executor.
 */
public final class DamagedBatches {
    private static final Logger LOG = LoggerFactory.getLogger(DamagedBatches.class);
    /** Health tells so many of them. */
    private static final int MOST_TOLD = 100;

    private final EngineBase engine;
    private final Committer committer;
    private final Events events;
    private final Waiters waiters;
    private final Releaser releaser;
    private final Map<String, Mark> marks = new HashMap<>(); // held, by batch id
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    /** Those whose reason the store has not taken, and so may give out again at once: they are kept for a while. */
    private final Map<String, ClaimRef> kept = new HashMap<>();

    private final Map<String, Integer> refusals = new HashMap<>();

    DamagedBatches(EngineBase engine, Committer committer, Events events, Waiters waiters, Releaser releaser) {
        this.engine = engine;
        this.committer = committer;
        this.events = events;
        this.waiters = waiters;
        this.releaser = releaser;
    }

    /** A batch that this engine holds turns out to be damaged; nothing of it runs any more. */
    void found(StoredBatch held, String message) {
        LOG.error("batch {} can't be worked on any more: {}", held.id(), message);
        if (told.size() < MOST_TOLD) {
            told.add(held.id());
            engine.problems.set(
                    about(held.id()), Text.format("batch %s can't be worked on any more: %s", held.id(), message));
        }
        mark(held, StatusReason.of(StatusReason.Code.STORE_CORRUPT, Text.printable(message), engine.now()));
    }

    /** It is to be cancelled, and an engine has found it damaged before: there is nothing to stop, and nothing to read. */
    void end(StoredBatch held) {
        StatusReason known = held.state().reason();
        mark(
                held,
                known != null
                        ? known
                        : StatusReason.of(StatusReason.Code.STORE_CORRUPT, "rows of it are damaged", engine.now()));
    }

    /** It has gone, or has ended. Any thread. */
    public void gone(String batchId) {
        engine.serial.submit(() -> refusals.remove(batchId));
        if (told.remove(batchId)) {
            engine.problems.clear(about(batchId));
        }
    }

    private static String about(String batchId) {
        return "damaged " + batchId;
    }

    boolean holds(ClaimRef claim) {
        Mark mark = marks.get(claim.batchId());
        return (mark != null && mark.claim.equals(claim)) || claim.equals(kept.get(claim.batchId()));
    }

    /** Gives back what is kept. */
    void stop() {
        List<ClaimRef> all = List.copyOf(kept.values());
        kept.clear();
        all.forEach(releaser::release);
    }

    /** The store may give it out at once, to be found damaged again: each time after a longer wait. */
    private void giveBackLater(ClaimRef claim) {
        int times = refusals.size() < MOST_TOLD || refusals.containsKey(claim.batchId())
                ? refusals.merge(claim.batchId(), 1, Integer::sum)
                : MOST_TOLD;
        kept.put(claim.batchId(), claim);
        engine.later(
                () -> {
                    if (kept.remove(claim.batchId(), claim)) {
                        releaser.release(claim);
                    }
                },
                engine.backoff(times));
    }

    boolean isEmpty() {
        return marks.isEmpty();
    }

    private void mark(StoredBatch held, StatusReason reason) {
        Mark mark = new Mark(held, reason);
        marks.put(held.id(), mark);
        committer.dirty(mark);
    }

    /** The one write of one batch, or of one that is to be cancelled the last. */
    private final class Mark implements CommitSource {
        private final StoredBatch held;
        private final StatusReason reason;
        private final ClaimRef claim;
        private @Nullable BatchCommit commit;

        Mark(StoredBatch held, StatusReason reason) {
            this.held = held;
            this.reason = reason;
            this.claim = held.claim();
        }

        @Override
        public BatchKey.ById key() {
            return new BatchKey.ById(held.request().scope().projectId(), held.id());
        }

        @Override
        public BatchCommit take(Instant at) {
            BatchState s = held.state();
            commit = StateCommit.of(held, at)
                    .status(s.cancelRequested() ? BatchStatus.CANCELLED : s.status())
                    .reason(reason)
                    .build();
            return commit;
        }

        @Override
        public boolean isRefused() {
            return false;
        }

        /** The reason tells what the store has said: where the store can't keep that, it is written in ASCII. */
        @Override
        public void refused(Throwable failure) {
            String plain = RefusedContent.ascii(reason.message());
            marks.remove(claim.batchId(), this);
            if (plain.equals(reason.message())) {
                releaser.release(claim); // another claim finds it damaged again
            } else {
                mark(held, StatusReason.of(reason.code(), plain, reason.since()));
            }
        }

        @Override
        public void answered(Verdict verdict) {
            marks.remove(claim.batchId(), this);
            if (commit == null || verdict.kind() != Verdict.Kind.APPLIED) {
                giveBackLater(claim); // where even its own row is damaged, the store gives it to nobody
                return;
            }
            StoredBatch now = held.after(commit);
            if (now.state().status().isTerminal()) {
                events.statusChanged(now);
                gone(now.id());
                waiters.ended(now);
            } else if (verdict.cancelRequested()) {
                mark(now.withCancelRequested(), reason);
            } else {
                waiters.damaged(now);
                releaser.release(claim);
            }
        }
    }
}
