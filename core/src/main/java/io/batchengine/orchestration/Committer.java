package io.batchengine.orchestration;

import io.batchengine.model.Text;
import io.batchengine.spi.BatchCommit;
import io.batchengine.spi.StoredBatch;
import io.batchengine.spi.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what batches have to write: all that has gathered, of all batches, in one call of the store; while it is under way the next
 * gathers. Confined to decisions, but for the calls themselves.
 *
 * <p>A call that ends with an exception has an unknown outcome. It is found out by reading: only this engine moves the version of its
 * batches, so the expected version plus one means that the commit landed, the expected version that it did not, and another epoch
 * or claim token that another engine has the batch. Until the store answers again nothing is lost and nothing is acknowledged.
 */
final class Committer {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final Duration SHORTEST_LINGER = Duration.ofMillis(1);
    private static final Duration LONGEST_LINGER = Duration.ofMillis(5);

    private record Pending(CommitSource source, BatchCommit commit) {}

    private final EngineContext engine;
    private final Set<CommitSource> dirty = new LinkedHashSet<>();
    private boolean busy;
    private boolean stopped;
    private int failures;
    private int unwritten;
    private int lastFiles; // of the last write
    private long lastNanos; // that it took
    private long begunNanos;
    private final AtomicLong refused = new AtomicLong();

    Committer(EngineContext engine) {
        this.engine = engine;
    }

    /** A batch has something to write. */
    void dirty(BatchRun run) {
        dirty(run.draft());
    }

    /** There is something to write. */
    void dirty(CommitSource source) {
        if (!stopped && dirty.add(source) && !busy) {
            beginSoon();
        }
    }

    /** Writes nothing more, and knows of nothing to write. */
    void stop() {
        stopped = true;
        dirty.clear();
    }

    /** Whether nothing is under way and nothing waits. */
    boolean isIdle() {
        return !busy && dirty.isEmpty();
    }

    /** Settled files were gathered. */
    void gathered(int files) {
        unwritten += files;
    }

    /** Settled files were written, or need not be. */
    void written(int files) {
        unwritten -= files;
    }

    /** Whether the store keeps up with what is settled. */
    boolean keepsUp() {
        return unwritten < Tuning.MAX_UNWRITTEN;
    }

    /** The store has refused a commit: this engine does not own the batch any more. */
    void refused(String batchId, Verdict.Kind kind) {
        refused.incrementAndGet();
        LOG.warn("batch {} is not this engine's any more: a commit was refused as {}", batchId, kind);
    }

    /** How many commits were refused so. Any thread. */
    long refusedWrites() {
        return refused.get();
    }

    /**
     * Begins as a decision of its own, so that what else this decision changes is in the same commit. Where the last write was large and
     * took its time, and little has gathered since while workers go on, it waits a little: a sync for few files would hold up many.
     */
    private void beginSoon() {
        busy = true;
        Duration linger = Duration.ofNanos(Math.min(lastNanos / 4, LONGEST_LINGER.toNanos()));
        boolean little = unwritten < lastFiles / 4;
        if (little && linger.compareTo(SHORTEST_LINGER) > 0 && engine.flow.inFlight() > 0) {
            engine.later(this::begin, linger);
        } else {
            engine.decisions.submit(this::begin);
        }
    }

    private void begin() {
        Instant now = engine.now();
        List<Pending> batch = new ArrayList<>();
        for (CommitSource source : dirty) {
            BatchCommit commit = source.take(now);
            if (commit != null) {
                batch.add(new Pending(source, commit));
            }
        }
        dirty.clear();
        if (batch.isEmpty()) {
            busy = false;
        } else {
            lastFiles = batch.stream()
                    .mapToInt(pending -> pending.commit.settled().size())
                    .sum();
            begunNanos = engine.nanos();
            engine.decisions.afterwards(() -> engine.io(() -> write(batch)));
        }
    }

    private void write(List<Pending> batch) {
        List<Verdict> verdicts;
        try {
            verdicts = engine.store.commit(batch.stream().map(Pending::commit).toList());
            if (verdicts.size() != batch.size()) {
                throw new IllegalStateException(
                        Text.format("%d verdicts for %d commits", verdicts.size(), batch.size()));
            }
            verdicts.forEach(Objects::requireNonNull);
        } catch (Throwable failure) {
            engine.decisions.submit(() -> outcomeUnknown(batch, failure));
            return;
        }
        engine.decisions.submit(() -> answered(batch, verdicts));
    }

    private void answered(List<Pending> batch, List<? extends @Nullable Verdict> verdicts) {
        failures = 0;
        lastNanos = engine.nanos() - begunNanos;
        engine.problems.clear(Problems.STORE_COMMIT);
        List<Pending> again = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Verdict verdict = verdicts.get(i);
            if (verdict == null) {
                again.add(batch.get(i));
            } else {
                answered(batch.get(i), verdict);
            }
        }
        if (!again.isEmpty()) {
            engine.decisions.afterwards(() -> engine.io(() -> write(again)));
            return;
        }
        busy = false;
        if (!dirty.isEmpty()) {
            beginSoon();
        }
        engine.dispatcher.dispatch();
    }

    /** A defect met with one batch must not keep the others from being written. */
    private void answered(Pending pending, Verdict verdict) {
        try {
            pending.source.answered(verdict);
        } catch (RuntimeException defect) {
            engine.defect(defect);
        }
    }

    private void outcomeUnknown(List<Pending> batch, Throwable failure) {
        if (engine.loss.isToldBy(failure)) {
            busy = false;
            return;
        }
        failures++;
        String message = Text.format("the store fails to write, attempt %d: %s", failures, Text.describe(failure));
        engine.problems.set(Problems.STORE_COMMIT, message);
        LOG.warn("{}", message);
        Duration bound = FIRST_WAIT.multipliedBy(1L << Math.min(failures, 10));
        Duration wait = engine.jitter(bound.compareTo(LONGEST_WAIT) < 0 ? bound : LONGEST_WAIT);
        engine.later(() -> engine.decisions.afterwards(() -> engine.io(() -> findOut(batch))), wait);
    }

    private void findOut(List<Pending> batch) {
        List<@Nullable Verdict> verdicts = new ArrayList<>();
        try {
            for (Pending pending : batch) {
                verdicts.add(verdict(pending.commit, engine.store.find(pending.source.key())));
            }
        } catch (Throwable failure) {
            engine.decisions.submit(() -> outcomeUnknown(batch, failure));
            return;
        }
        engine.decisions.submit(() -> answered(batch, verdicts));
    }

    /** What became of a commit, by what is stored now; null where it did not land and may be sent again. */
    private static @Nullable Verdict verdict(BatchCommit commit, Optional<StoredBatch> found) {
        if (found.isEmpty()) {
            return new Verdict(Verdict.Kind.GONE, false);
        }
        StoredBatch.State state = found.get().state();
        boolean same = found.get().hold().equals(commit.hold());
        if (same && state.version() == commit.expectedVersion()) {
            return null;
        }
        boolean landed = same && state.version() == commit.expectedVersion() + 1;
        return new Verdict(landed ? Verdict.Kind.APPLIED : Verdict.Kind.STALE_EPOCH, state.cancelRequested());
    }
}
