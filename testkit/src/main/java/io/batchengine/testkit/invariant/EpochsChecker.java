package io.batchengine.testkit.invariant;

import io.batchengine.spi.JobRequest;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import io.batchengine.testkit.machine.SimulatedProcess;

/** I7. */
final class EpochsChecker extends Checker {
    EpochsChecker(History history, Findings findings) {
        super(Invariant.EPOCHS, history, findings);
    }

    @Override
    void claimed(BatchHistory batch, SimulatedProcess by, StoredBatch before, StoredBatch after) {
        require(
                after.state().epoch() == before.state().epoch() + 1,
                "%s was claimed under epoch %d after %d",
                batch.id(),
                after.state().epoch(),
                before.state().epoch());
    }

    @Override
    void committing(BatchHistory batch, SimulatedProcess by, BatchCommit commit, StoredBatch before) {
        require(
                commit.epoch() == batch.epoch,
                "a commit to %s under epoch %d was applied, whose epoch is %d",
                batch.id(),
                commit.epoch(),
                batch.epoch);
        require(
                commit.claimToken() == before.state().claimToken(),
                "a commit to %s under epoch %d was applied, which another claim has by now",
                batch.id(),
                commit.epoch());
        requireOwner(batch, by, commit.epoch(), "writes to");
    }

    @Override
    void refused(BatchHistory batch, SimulatedProcess by, BatchCommit commit, Verdict verdict) {
        if (verdict.kind() == Verdict.Kind.STALE_EPOCH) {
            exercised();
        }
    }

    @Override
    void asked(BatchHistory batch, SimulatedProcess by, JobRequest request) {
        if (!batch.setBack) { // an owner that was set back learns of it with its next write or renewal
            requireOwner(batch, by, request.epoch(), "starts a job of");
        }
    }

    private void requireOwner(BatchHistory batch, SimulatedProcess by, long epoch, String what) {
        SimulatedProcess owner = batch.owners.get(epoch);
        require(by == owner, "%s %s %s under epoch %d, which is of %s", by, what, batch.id(), epoch, owner);
    }
}
