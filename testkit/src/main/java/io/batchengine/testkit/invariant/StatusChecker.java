package io.batchengine.testkit.invariant;

import io.batchengine.model.Batch;
import io.batchengine.model.BatchStatus;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** I2. */
final class StatusChecker extends Checker {
    private record Reader(SimulatedProcess process, String batchId) {}

    private final Map<Reader, BatchStatus> observed = new HashMap<>();

    StatusChecker(History history, Findings findings) {
        super(Invariant.LEGAL_STATUS, history, findings);
    }

    @Override
    void claimed(BatchHistory batch, SimulatedProcess by, StoredBatch before, StoredBatch after) {
        requireLegal(before, after);
    }

    @Override
    void committed(BatchHistory batch, SimulatedProcess by, BatchCommit commit, StoredBatch before) {
        requireLegal(before, batch.now);
    }

    @Override
    void touched(BatchHistory batch, StoredBatch before, StoredBatch after) {
        requireLegal(before, after);
        require(
                before.state().status() == after.state().status(),
                "%s went from %s to %s without a commit",
                batch.id(),
                before.state().status(),
                after.state().status());
    }

    private void requireLegal(StoredBatch before, StoredBatch after) {
        BatchStatus from = before.state().status();
        BatchStatus to = after.state().status();
        require(!from.isTerminal(), "%s was written to after it was %s", before.id(), from);
        require(from == to || from.canMoveTo(to), "%s went from %s to %s", before.id(), from, to);
        exercised();
    }

    @Override
    void observed(BatchHistory batch, SimulatedProcess by, Batch answer) {
        BatchStatus before = observed.put(new Reader(by, batch.id()), answer.status());
        boolean possible = before == null
                || before == answer.status()
                || (!before.isTerminal() && answer.status() != BatchStatus.PENDING);
        require(possible || batch.setBack, "%s was seen as %s after %s", batch.id(), answer.status(), before);
    }

    @Override
    void atEnd(BatchHistory batch, StoredBatch stored, List<FileRecord> files) {
        require(
                stored.equals(batch.now),
                "%s is stored as %s where %s was written last",
                batch.id(),
                stored.state(),
                batch.now.state());
    }
}
