package io.batchengine.jdbc.kill;

import io.batchengine.jdbc.kill.KillViolations.Kind;
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
    private final KillViolations violations;
    private final Map<Integer, BatchLedger> batches = new HashMap<>();
    private long acknowledged;

    Ledger(Workload workload, KillViolations violations) {
        this.workload = workload;
        this.violations = violations;
    }

    /** A child has said something. */
    synchronized void accept(int life, LedgerLine line) {
        if (!(line instanceof LedgerLine.OfBatch of)) {
            return;
        }
        BatchLedger batch = batch(of);
        if (line instanceof LedgerLine.Started started) {
            batch.started(life, started);
            return;
        }
        acknowledged++;
        if (line instanceof LedgerLine.Settled settled) {
            batch.settled(life, settled);
        } else if (line instanceof LedgerLine.Moved moved) {
            batch.moved(life, moved);
        } else if (line instanceof LedgerLine.Counted counted) {
            batch.counted(life, counted.counts());
        } else if (line instanceof LedgerLine.CancelAsked) {
            batch.cancelAsked = true;
        }
    }

    private BatchLedger batch(LedgerLine.OfBatch line) {
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
