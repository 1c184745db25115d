package io.batchengine.jdbc.kill;

import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.spi.store.StoredBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A ledger that remembers what was acknowledged when each copy of the store was begun: that must be in the copy. What was acknowledged
 * later is forgotten when the copy takes the store's place. Safe for use by any thread.
 */
final class RecordingLedger extends Ledger {
    /** In whose name is told what a restored store has of its own. */
    private static final int NOBODY = -1;

    private static final int READ_SIZE = 1_000;

    private record Said(int life, LedgerLine line) {}

    private final Workload workload;
    private final KillViolations violations;
    private final List<Said> said = new ArrayList<>();
    private final Map<String, Integer> begun = new HashMap<>(); // how much was said before, by copy
    private final Map<String, Integer> copies = new LinkedHashMap<>(); // the same, of those that are made

    RecordingLedger(Workload workload, KillViolations violations) {
        super(workload, violations);
        this.workload = workload;
        this.violations = violations;
    }

    @Override
    synchronized void accept(int life, LedgerLine line) {
        said.add(new Said(life, line));
        if (line instanceof LedgerLine.BackingUp backingUp) {
            begun.put(backingUp.copy(), said.size());
        } else if (line instanceof LedgerLine.BackedUp backedUp) {
            copies.put(backedUp.copy(), begun.getOrDefault(backedUp.copy(), 0));
        }
        super.accept(life, line);
    }

    /** A copy was made while no child spoke. */
    synchronized void copied(String copy) {
        copies.put(copy, said.size());
    }

    /** The copies that are made, the oldest first. */
    synchronized List<String> copies() {
        return List.copyOf(copies.keySet());
    }

    /** A ledger that knows what was acknowledged before a copy was begun, and no more. */
    synchronized RecordingLedger asOf(String copy) {
        int known = copies.getOrDefault(copy, 0);
        RecordingLedger earlier = new RecordingLedger(workload, violations);
        said.subList(0, known).forEach(one -> earlier.accept(one.life, one.line));
        copies.forEach((name, before) -> {
            if (before <= known) {
                earlier.copies.put(name, before);
            }
        });
        return earlier;
    }

    /** What a restored store has is as good as acknowledged: none of it may run again. */
    void adopt(BatchStore store) {
        for (PlannedBatch plan : workload.batches()) {
            Optional<StoredBatch> batch = store.find(new BatchKey.ByIdempotencyKey(Workload.PROJECT, plan.key()));
            if (batch.isPresent()) {
                adopt(store, plan, batch.get().id());
            }
        }
    }

    private void adopt(BatchStore store, PlannedBatch plan, String id) {
        accept(NOBODY, new LedgerLine.Created(plan.index(), id));
        BatchLedger batch = batch(plan.index());
        List<FileRecord> read;
        long next = 0;
        do {
            read = store.files(FileQuery.InBatch.of(id, next, Long.MAX_VALUE, Set.of(), READ_SIZE));
            for (FileRecord file : read) {
                SettledFile end = file.settled();
                if (end != null && batch != null && !batch.settled.containsKey(file.ordinal())) {
                    accept(
                            NOBODY,
                            new LedgerLine.Settled(
                                    plan.index(), id, file.ordinal(), file.fileId(), end.outcome(), end.attempts(), 0));
                }
            }
            next += read.size();
        } while (read.size() == READ_SIZE);
    }
}
