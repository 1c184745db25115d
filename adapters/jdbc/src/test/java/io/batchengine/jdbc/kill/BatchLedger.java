package io.batchengine.jdbc.kill;

import io.batchengine.jdbc.kill.KillViolations.Kind;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What children have said of one batch. Guarded by its {@link Ledger}. Where two children speak at a time their lines come in any order, so
 * what spans lives is held together by epoch and recorded time.
 */
final class BatchLedger {
    /** A file's acknowledged end, and the life that told it. */
    record Told(int life, LedgerLine.Settled line) {}

    private record Move(int life, BatchStatus status) {}

    final PlannedBatch plan;
    final String id;
    final Map<Long, Told> settled = new HashMap<>();
    private final Map<Long, Map<Long, Integer>> starts = new HashMap<>(); // ordinal to epoch to attempt
    private final Map<Long, Integer> owners = new HashMap<>(); // epoch to life
    private final Map<Integer, FileCounts> counts = new HashMap<>(); // by life
    private final TreeMap<Instant, Move> moves = new TreeMap<>();
    private final KillViolations violations;
    boolean cancelAsked;
    int staleStarts;

    BatchLedger(PlannedBatch plan, String id, KillViolations violations) {
        this.plan = plan;
        this.id = id;
        this.violations = violations;
    }

    /** The last acknowledged status, or null before the first. */
    @Nullable
    BatchStatus status() {
        return moves.isEmpty() ? null : moves.lastEntry().getValue().status();
    }

    void started(int life, LedgerLine.Started line) {
        Integer owner = owners.putIfAbsent(line.epoch(), life);
        if (owner != null && owner != life) {
            violations.add(Kind.ILLEGAL, "I7: lives %d and %d both run epoch %d of %s", owner, life, line.epoch(), id);
        }
        Told before = settled.get(line.ordinal());
        if (before != null) {
            if (before.life() == life || before.line().epoch() < line.epoch()) {
                violations.add(Kind.DOUBLED, "I8: life %d: %s after %s", life, line, before);
            } else {
                staleStarts++;
            }
        }
        count(life, line);
    }

    private void count(int life, LedgerLine.Started line) {
        Map<Long, Integer> attempts = starts.computeIfAbsent(line.ordinal(), ordinal -> new HashMap<>(2));
        Integer last = attempts.put(line.epoch(), line.attempt());
        if (last != null && line.attempt() <= last) {
            violations.add(Kind.DOUBLED, "I8: life %d: %s after attempt %d in one epoch", life, line, last);
        }
        if (line.attempt() > plan.maxAttempts()) {
            violations.add(Kind.ILLEGAL, "I8: life %d: %s is beyond %d attempts", life, line, plan.maxAttempts());
        }
        // So there is one start, one more for each configured retry, and for each epoch behind the first, which comes
        // of a crash, a lost
        // lease or a close, at most as many again, for an attempt that failed is forgotten if its engine dies before
        // that is written.
    }

    void settled(int life, LedgerLine.Settled line) {
        Told before = settled.putIfAbsent(line.ordinal(), new Told(life, line));
        if (before != null) {
            violations.add(Kind.DOUBLED, "I3: life %d: %s was told before: %s", life, line, before);
        }
        if (line.ordinal() >= plan.files() || !plan.fileId(line.ordinal()).equals(line.fileId())) {
            violations.add(Kind.ILLEGAL, "I1: %s names a file that the directory has not at this place", line);
        }
    }

    void moved(int life, LedgerLine.Moved line) {
        Move before = moves.put(Instant.parse(line.at()), new Move(life, line.status()));
        if (before != null) {
            violations.add(Kind.DOUBLED, "I6: life %d: %s and %s were recorded at one time", life, line, before);
        }
    }

    void counted(int life, FileCounts now) {
        FileCounts before = counts.put(life, now);
        boolean falls = before != null
                && (now.listed() < before.listed()
                        || now.mappingErrors() < before.mappingErrors()
                        || now.succeeded() < before.succeeded()
                        || now.failed() < before.failed()
                        || now.cancelled() < before.cancelled());
        if (falls || now.settled() > now.listed()) {
            violations.add(Kind.ILLEGAL, "I4: life %d: %s has %s after %s", life, id, now, before);
        }
    }

    /** Looks at all changes of status, in the order in which they are recorded. All that was said must have been accepted. */
    void checkMoves() {
        Move from = null;
        for (Move to : moves.values()) {
            if (from != null && !isLegal(from, to)) {
                violations.add(Kind.ILLEGAL, "I2: %s moved from %s to %s", id, from, to);
            }
            from = to;
        }
    }

    /** Between two lives an event may be lost with its process; within one none is. */
    private static boolean isLegal(Move from, Move to) {
        return from.life() == to.life()
                ? from.status().canMoveTo(to.status())
                : !from.status().isTerminal() && to.status() != BatchStatus.PENDING;
    }
}
