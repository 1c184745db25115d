package io.batchengine.testkit.invariant;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.store.StoredBatch;
import java.util.List;
import java.util.Optional;

/** I10: the outcome of each file is what it would be without any crash, unless the file is blamed for the crashes. */
final class RecoveryChecker extends Checker {
    private final Expectations expectations;

    RecoveryChecker(History history, Findings findings, Expectations expectations) {
        super(Invariant.RECOVERY, history, findings);
        this.expectations = expectations;
    }

    @Override
    void atEnd(BatchHistory batch, StoredBatch stored, List<FileRecord> files) {
        if (stored.state().status() != BatchStatus.COMPLETED) {
            return;
        }
        for (FileRecord file : files) {
            Optional<FileOutcome> expected = expectations.outcomeOf(batch.request, file.fileId());
            if (expected.isPresent() && file.settled() != null && !isBlamed(file)) {
                if (batch.lostOwner) {
                    exercised();
                }
                require(
                        file.settled().outcome() == expected.get(),
                        "file %s of %s is %s where a run without a crash leads to %s",
                        file.fileId(),
                        batch.id(),
                        file.settled(),
                        expected.get());
            }
        }
    }

    private static boolean isBlamed(FileRecord file) {
        String message = file.settled() == null ? null : file.settled().message();
        return message != null
                && (message.startsWith("its engine was lost")
                        || message.equals("the store could not keep the message"));
    }
}
