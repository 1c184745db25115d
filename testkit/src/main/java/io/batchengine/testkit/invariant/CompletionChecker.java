package io.batchengine.testkit.invariant;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.util.List;
import java.util.Optional;

/** I5. */
final class CompletionChecker extends Checker {
    private final Expectations expectations;

    CompletionChecker(History history, Findings findings, Expectations expectations) {
        super(Invariant.COMPLETION, history, findings);
        this.expectations = expectations;
    }

    @Override
    void committed(BatchHistory batch, SimulatedProcess by, BatchCommit commit, StoredBatch before) {
        if (commit.status() != BatchStatus.COMPLETED) {
            return;
        }
        exercised();
        require(commit.listingEnded(), "%s is COMPLETED before its listing has ended", batch.id());
        require(
                batch.settled.size() == batch.fileIds.size(),
                "%s is COMPLETED with %d of %d files settled",
                batch.id(),
                batch.settled.size(),
                batch.fileIds.size());
        Optional<List<String>> files = expectations.filesOf(batch.request);
        require(
                files.isEmpty() || files.get().equals(batch.fileIds),
                "%s is COMPLETED with %d files listed where its directory has %d",
                batch.id(),
                batch.fileIds.size(),
                files.map(List::size).orElse(0));
    }

    @Override
    void atEnd(BatchHistory batch, StoredBatch stored, List<FileRecord> files) {
        if (expectations.filesOf(batch.request).filter(List::isEmpty).isPresent()
                && !stored.state().cancelRequested()) {
            require(
                    stored.state().status() == BatchStatus.COMPLETED,
                    "%s has an empty directory and is %s",
                    batch.id(),
                    stored.state().status());
        }
    }
}
