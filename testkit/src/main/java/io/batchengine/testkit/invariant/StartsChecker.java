package io.batchengine.testkit.invariant;

import io.batchengine.spi.JobContext;
import io.batchengine.testkit.machine.SimulatedProcess;

/** I8. */
final class StartsChecker extends Checker {
    StartsChecker(History history, Findings findings) {
        super(Invariant.STARTS, history, findings);
    }

    @Override
    boolean remembers() {
        return true;
    }

    @Override
    void started(BatchHistory batch, SimulatedProcess by, JobContext job) {
        BatchHistory.Starts starts = batch.starts(job.ordinal());
        int retries = batch.request.options().retry().maxAttempts() - 1;
        int takenOver = starts.epochs.size() - 1; // from an engine that was lost, or let go of the batch
        int allowed = 1 + retries + takenOver + starts.notNow;
        if (starts.count > 1) {
            exercised();
        }
        require(
                starts.count <= allowed,
                "the job of file %d of %s starts for the %dth time, where %d retries and %d engines allow %d",
                job.ordinal(),
                batch.id(),
                starts.count,
                retries,
                takenOver + 1,
                allowed);
        require(
                job.attempt() <= retries + 1,
                "the job of file %d of %s starts its attempt %d of %d",
                job.ordinal(),
                batch.id(),
                job.attempt(),
                retries + 1);
        require(
                !batch.settled.containsKey(job.ordinal()) || batch.now.state().epoch() != job.epoch(),
                "the job of file %d of %s starts though it is settled",
                job.ordinal(),
                batch.id());
    }
}
