package io.batchengine.jdbc.kill;

import io.batchengine.jdbc.kill.Violations.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the children of a run have acknowledged, kept where no kill reaches it. Lines come in order for one child, and a child's
 * lines are all in before the next child begins, unless both run at a time. Safe for use by any thread.
 */
class Ledger {
    private final Workload workload;
    private final Violations violations;
    private final Map<Integer, BatchLedger> batches = new HashMap<>();
    private long acknowledged;

    Ledger(Workload workload, Violations violations) {
        this.workload = workload;
        this.violations = violations;
    }

    /** A child has said something. */
    synchronized void accept(int life, Line line) {
        if (!(line instanceof Line.OfBatch of)) {
            return;
        }
        BatchLedger batch = batch(of);
        if (line instanceof Line.Started started) {
            batch.started(life, started);
            return;
        }
        acknowledged++;
        if (line instanceof Line.Settled settled) {
            batch.settled(life, settled);
        } else if (line instanceof Line.Moved moved) {
            batch.moved(life, moved);
        } else if (line instanceof Line.Counted counted) {
            batch.counted(life, counted.counts());
        } else if (line instanceof Line.CancelAsked) {
            batch.cancelAsked = true;
        }
    }

    private BatchLedger batch(Line.OfBatch line) {
        BatchLedger batch = batches.computeIfAbsent(
                line.batch(), index -> new BatchLedger(workload.batches().get(index), line.id(), violations));
        if (!batch.id.equals(line.id())) {
            violations.add(Kind.DOUBLED, "%s names two batches: %s and %s", batch.plan.key(), batch.id, line.id());
        }
        return batch;
    }

    /** The batches of which something was acknowledged. The caller holds no child that is still speaking, or this ledger's lock. */
    synchronized List<BatchLedger> batches() {
        return new ArrayList<>(batches.values());
    }

    synchronized @Nullable BatchLedger batch(int index) {
        return batches.get(index);
    }

    /** How much was acknowledged. */
    synchronized long acknowledged() {
        return acknowledged;
    }

    /** Starts in an epoch that had ended: of processes that were stopped past their lease. */
    synchronized int staleStarts() {
        return batches.values().stream().mapToInt(batch -> batch.staleStarts).sum();
    }
}
