package io.batchengine.testkit.invariant;

import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchState;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.time.Instant;

/** I6. */
final class TimesChecker extends Checker {
    TimesChecker(History history, Findings findings) {
        super(Invariant.TIMES, history, findings);
    }

    @Override
    void claimed(BatchHistory batch, SimulatedProcess by, StoredBatch before, StoredBatch after) {
        requireNext(before.state(), after);
    }

    @Override
    void committed(BatchHistory batch, SimulatedProcess by, BatchCommit commit, StoredBatch before) {
        requireNext(before.state(), batch.now);
        Instant started = batch.now.state().startedAt();
        Instant finished = batch.now.state().finishedAt();
        require(
                started == null || !started.isBefore(batch.request.createdAt()),
                "%s started at %s, before its creation at %s",
                batch.id(),
                started,
                batch.request.createdAt());
        require(
                started == null || finished == null || !finished.isBefore(started),
                "%s finished at %s, before its start at %s",
                batch.id(),
                finished,
                started);
        require(
                (finished != null) == batch.hasEnded(),
                "%s is %s and finished at %s",
                batch.id(),
                batch.now.state().status(),
                finished);
    }

    @Override
    void touched(BatchHistory batch, StoredBatch before, StoredBatch after) {
        require(
                after.state().version() == before.state().version()
                        && after.state().updatedAt().equals(before.state().updatedAt()),
                "%s has version %d of %s after version %d of %s, without a commit",
                batch.id(),
                after.state().version(),
                after.state().updatedAt(),
                before.state().version(),
                before.state().updatedAt());
    }

    private void requireNext(BatchState before, StoredBatch after) {
        exercised();
        require(
                after.state().version() == before.version() + 1,
                "%s has version %d after %d",
                after.id(),
                after.state().version(),
                before.version());
        require(
                after.state().updatedAt().isAfter(before.updatedAt()),
                "%s is updated at %s after %s",
                after.id(),
                after.state().updatedAt(),
                before.updatedAt());
    }
}
