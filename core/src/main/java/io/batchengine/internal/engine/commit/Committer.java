package io.batchengine.internal.engine.commit;

import io.batchengine.internal.engine.base.EngineBase;
import io.batchengine.internal.engine.base.Problems;
import io.batchengine.internal.engine.base.Tuning;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchState;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what batches have to write: all that has gathered, of all batches, in one call of the store; while it is under way the next
 * gathers. Confined to the serial executor, except for the calls themselves.
 *
 * <p>A call that ends with an exception has an unknown outcome. It is found out by reading: only this engine moves the version of its
 * batches, so the expected version plus one means that the commit landed, the expected version that it did not, and another epoch
 * or claim token that another engine has the batch. Until the store answers again nothing is lost and nothing is acknowledged.
 */
public final class Committer {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    /** So often the same commits are sent before it is looked for the one that the store refuses. */
    private static final int PATIENCE = 3;
    /** So many refusals in a row, beside those that finding one culprit takes, are an outage. */
    private static final int MOST_FRUITLESS = 8;

    private static final Duration SHORTEST_LINGER = Duration.ofMillis(1);
    private static final Duration LONGEST_LINGER = Duration.ofMillis(5);

    private record Pending(CommitSource source, BatchCommit commit) {}

    /** Commits that go in one call, and how often they were sent and did not land though the store answered reads. */
    private record Group(List<Pending> commits, int refusals) {
        Group(List<Pending> commits) {
            this(commits, 0);
        }

        int size() {
            return commits.size();
        }
    }

    private final EngineBase engine;
    private final IntSupplier inFlight; // jobs
    private final Runnable whenWritten;
    private final Set<CommitSource> dirty = new LinkedHashSet<>();
    private boolean busy;
    private boolean stopped;
    private final Deque<Group> waiting = new ArrayDeque<>();
    private int failures; // calls in a row that have failed
    private int fruitless; // refusals in a row since the last call that was answered
    private long answers; // calls that were answered
    private int unwritten;
    private int lastFiles; // of the last write
    private long lastNanos; // that it took
    private long begunNanos;
    private final AtomicLong refused = new AtomicLong();

    public Committer(EngineBase engine, IntSupplier inFlight, Runnable whenWritten) {
        this.engine = engine;
        this.inFlight = inFlight;
        this.whenWritten = whenWritten;
    }

    /** There is something to write. */
    public void dirty(CommitSource source) {
        if (!stopped && dirty.add(source) && !busy) {
            beginSoon();
        }
    }

    /** Writes nothing more, and knows of nothing to write. */
    public void stop() {
        stopped = true;
        dirty.clear();
    }

    /** Whether nothing is under way and nothing waits. */
    public boolean isIdle() {
        return !busy && dirty.isEmpty();
    }

    /** How many writes the store has answered. */
    public long answers() {
        return answers;
    }

    /** Settled files were gathered. */
    public void gathered(int files) {
        unwritten += files;
    }

    /** Settled files were written, or need not be. */
    public void written(int files) {
        unwritten -= files;
    }

    /** Whether the store keeps up with what is settled. */
    public boolean keepsUp() {
        return unwritten < Tuning.MAX_UNWRITTEN;
    }

    /** The store has refused a commit: this engine does not own the batch any more. */
    public void refused(String batchId, Verdict.Kind kind) {
        refused.incrementAndGet();
        LOG.warn("batch {} is not this engine's any more: a commit was refused as {}", batchId, kind);
    }

    /** How many commits were refused so. Any thread. */
    public long refusedWrites() {
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
        if (little && linger.compareTo(SHORTEST_LINGER) > 0 && inFlight.getAsInt() > 0) {
            engine.later(this::begin, linger);
        } else {
            engine.serial.submit(this::begin);
        }
    }

    private void begin() {
        Instant now = engine.now();
        List<Pending> batch = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (CommitSource source : dirty) {
            BatchCommit commit = source.take(now);
            if (commit != null) {
                Pending pending = new Pending(source, commit);
                boolean again = !ids.add(commit.batchId()); // claimed again while what it had to write waited
                if (again || source.isRefused()) {
                    waiting.addLast(new Group(List.of(pending)));
                } else {
                    batch.add(pending);
                }
            }
        }
        dirty.clear();
        if (!batch.isEmpty()) {
            waiting.addFirst(new Group(batch));
        }
        fruitless = 0;
        if (waiting.isEmpty()) {
            busy = false;
        } else {
            next();
        }
    }

    /** The next call, or none where all is written. */
    private void next() {
        Group group = waiting.pollFirst();
        if (group != null) {
            lastFiles = group.commits.stream()
                    .mapToInt(pending -> pending.commit.settled().size())
                    .sum();
            begunNanos = engine.nanos();
            send(group);
            return;
        }
        busy = false;
        if (!dirty.isEmpty()) {
            beginSoon();
        }
        whenWritten.run();
    }

    private void send(Group group) {
        engine.serial.afterwards(() -> engine.io(() -> write(group)));
    }

    private void write(Group group) {
        List<Verdict> verdicts;
        try {
            verdicts = engine.store.commit(
                    group.commits.stream().map(Pending::commit).toList());
            if (verdicts.size() != group.size()) {
                throw new IllegalStateException(
                        Text.format("%d verdicts for %d commits", verdicts.size(), group.size()));
            }
            verdicts.forEach(Objects::requireNonNull);
        } catch (Throwable failure) {
            engine.serial.submit(() -> outcomeUnknown(group, failure, failure));
            return;
        }
        engine.serial.submit(() -> answered(group, verdicts));
    }

    private void answered(Group group, List<Verdict> verdicts) {
        failures = 0;
        fruitless = 0;
        answers++;
        lastNanos = engine.nanos() - begunNanos;
        engine.problems.clear(Problems.STORE_COMMIT);
        for (int i = 0; i < group.size(); i++) {
            answered(group.commits.get(i), verdicts.get(i));
        }
        next();
    }

    /** A defect met with one batch must not keep the others from being written. */
    private void answered(Pending pending, Verdict verdict) {
        try {
            pending.source.answered(verdict);
        } catch (RuntimeException defect) {
            engine.defect(defect);
        }
    }

    /** Why it was not written, and what has failed last: that or a read. */
    private void outcomeUnknown(Group group, Throwable failure, Throwable told) {
        if (engine.loss.isToldBy(told)) {
            busy = false;
            waiting.clear();
            return;
        }
        failures++;
        String message = Text.format("the store fails to write, attempt %d: %s", failures, Text.describe(told));
        engine.problems.set(Problems.STORE_COMMIT, message);
        LOG.warn("{}", message);
        Duration wait = failure == told ? waitBeforeReading(group, failure) : engine.backoff(failures);
        engine.later(() -> engine.serial.afterwards(() -> engine.io(() -> findOut(group, failure))), wait);
    }

    /** The same commits are sent at growing intervals; while a culprit is looked for, each call is another one. */
    private Duration waitBeforeReading(Group group, Throwable failure) {
        if (failures >= 2 * Integer.SIZE) {
            return engine.backoff(failures);
        }
        if (StoreRefusal.isOfContent(failure)) {
            return Duration.ZERO;
        }
        boolean searching =
                group.refusals >= PATIENCE - 1 || group.commits.get(0).source.isRefused();
        return engine.backoff(searching ? 1 : failures);
    }

    /** A batch whose row is damaged is read no better the next time, and must not keep the others waiting. */
    private @Nullable Verdict verdict(Pending pending) {
        try {
            return verdict(pending.commit, engine.store.find(pending.source.key()));
        } catch (BatchEngineException failure) {
            if (failure.code() == ErrorCode.STORE_CORRUPT) {
                return Verdict.of(Verdict.Kind.CORRUPT, false);
            }
            throw failure;
        }
    }

    private void findOut(Group group, Throwable failure) {
        List<@Nullable Verdict> verdicts = new ArrayList<>();
        try {
            for (Pending pending : group.commits) {
                verdicts.add(verdict(pending));
            }
        } catch (Throwable unreadable) {
            engine.serial.submit(() -> outcomeUnknown(group, failure, unreadable));
            return;
        }
        engine.serial.submit(() -> found(group, verdicts, failure));
    }

    /** What landed is done. The rest is sent again; where that has failed before, in smaller groups. */
    private void found(Group group, List<@Nullable Verdict> verdicts, Throwable failure) {
        List<Pending> again = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
            Verdict verdict = verdicts.get(i);
            if (verdict == null) {
                again.add(group.commits.get(i));
            } else {
                answered(group.commits.get(i), verdict);
            }
        }
        if (again.size() < group.size()) {
            failures = 0;
            engine.problems.clear(Problems.STORE_COMMIT);
        }
        if (!again.isEmpty()) {
            refused(again, again.size() < group.size() ? 1 : group.refusals + 1, failure);
        }
        next();
    }

    private void refused(List<Pending> group, int refusals, Throwable failure) {
        boolean alone = group.size() == 1;
        boolean narrowed = alone && group.get(0).source.isRefused();
        if (refusals < PATIENCE && !narrowed && !StoreRefusal.isOfContent(failure)) {
            waiting.addFirst(new Group(group, refusals));
            return;
        }
        fruitless++;
        if (alone) {
            refused(group.get(0), failure);
        } else if (fruitless > 2 * (Integer.SIZE - Integer.numberOfLeadingZeros(group.size())) + MOST_FRUITLESS) {
            fruitless = 0;
            waiting.addFirst(new Group(group)); // everything is refused: that is an outage
        } else {
            int half = group.size() / 2;
            waiting.addFirst(new Group(group.subList(half, group.size()), PATIENCE - 1));
            waiting.addFirst(new Group(group.subList(0, half), PATIENCE - 1));
        }
    }

    /** As {@link #answered(Pending, Verdict)}. */
    private void refused(Pending pending, Throwable failure) {
        try {
            pending.source.refused(failure);
        } catch (RuntimeException defect) {
            engine.defect(defect);
        }
    }

    /** What became of a commit, by what is stored now; null where it did not land and may be sent again. */
    private static @Nullable Verdict verdict(BatchCommit commit, Optional<StoredBatch> found) {
        if (found.isEmpty()) {
            return Verdict.of(Verdict.Kind.GONE, false);
        }
        BatchState state = found.get().state();
        boolean same = found.get().claim().equals(commit.claim());
        if (same && state.version() == commit.expectedVersion()) {
            return null;
        }
        boolean landed = same && state.version() == commit.expectedVersion() + 1;
        return Verdict.of(landed ? Verdict.Kind.APPLIED : Verdict.Kind.STALE_EPOCH, state.cancelRequested());
    }
}
