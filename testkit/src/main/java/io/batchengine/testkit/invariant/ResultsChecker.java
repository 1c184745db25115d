package io.batchengine.testkit.invariant;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.ListedPage;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** I1. */
final class ResultsChecker extends Checker {
    ResultsChecker(History history, Findings findings) {
        super(Invariant.ONE_RESULT, history, findings);
    }

    @Override
    void committing(BatchHistory batch, SimulatedProcess by, BatchCommit commit, StoredBatch before) {
        long listed = batch.fileIds.size();
        for (ListedPage page : commit.pages()) {
            listed += page.fileIds().size();
        }
        for (SettledFile file : commit.settled()) {
            require(
                    !batch.settled.containsKey(file.ordinal()),
                    "file %d of %s is settled twice",
                    file.ordinal(),
                    batch.id());
            require(file.ordinal() < listed, "file %d of %s is settled and not listed", file.ordinal(), batch.id());
            require(
                    file.outcome() != FileOutcome.SUCCEEDED || batch.starts(file.ordinal()).succeeded > 0,
                    "file %d of %s is recorded as succeeded, and no job of it has",
                    file.ordinal(),
                    batch.id());
        }
    }

    @Override
    void atEnd(BatchHistory batch, StoredBatch stored, List<FileRecord> files) {
        List<String> ids = new ArrayList<>();
        boolean allSettled = true;
        for (FileRecord file : files) {
            ids.add(file.fileId());
            allSettled &= file.settled() != null;
            require(
                    Objects.equals(file.settled(), batch.settled.get(file.ordinal())),
                    "the result of file %d of %s is %s where %s was recorded",
                    file.ordinal(),
                    batch.id(),
                    file.settled(),
                    batch.settled.get(file.ordinal()));
        }
        require(ids.equals(batch.fileIds), "the stored files of %s are not those that were recorded", batch.id());
        if (stored.state().status() == BatchStatus.COMPLETED && !files.isEmpty()) {
            exercised();
            require(allSettled, "%s is COMPLETED and lacks results", batch.id());
        }
    }
}
