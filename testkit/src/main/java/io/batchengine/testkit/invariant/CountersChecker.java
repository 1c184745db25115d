package io.batchengine.testkit.invariant;

import io.batchengine.model.FileCounts;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.util.List;

/** I4. */
final class CountersChecker extends Checker {
    CountersChecker(History history, Findings findings) {
        super(Invariant.COUNTERS, history, findings);
    }

    @Override
    void committed(BatchHistory batch, SimulatedProcess by, BatchCommit commit, StoredBatch before) {
        exercised();
        FileCounts counts = batch.now.state().counts();
        require(counts.equals(batch.counts), "%s counts %s where its rows say %s", batch.id(), counts, batch.counts);
        require(
                batch.isSettledBelow(batch.now.state().settledBelow()),
                "%s says that all below %d are settled",
                batch.id(),
                batch.now.state().settledBelow());
    }

    @Override
    void atEnd(BatchHistory batch, StoredBatch stored, List<FileRecord> files) {
        FileCounts counts = stored.state().counts();
        require(
                counts.listed() == files.size(),
                "%s counts %d listed files of %d",
                batch.id(),
                counts.listed(),
                files.size());
        requireCount(batch, files, FileOutcome.SUCCEEDED, counts.succeeded());
        requireCount(batch, files, FileOutcome.FAILED, counts.failed());
        requireCount(batch, files, FileOutcome.CANCELLED, counts.cancelled());
        requireCount(batch, files, FileOutcome.MAPPING_ERROR, counts.mappingErrors());
    }

    private void requireCount(BatchHistory batch, List<FileRecord> files, FileOutcome outcome, long counted) {
        long found = 0;
        for (FileRecord file : files) {
            found += file.settled() != null && file.settled().outcome() == outcome ? 1 : 0;
        }
        require(found == counted, "%s counts %d files as %s and has %d", batch.id(), counted, outcome, found);
    }
}
