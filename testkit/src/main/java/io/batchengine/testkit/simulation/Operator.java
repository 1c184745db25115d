package io.batchengine.testkit.simulation;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.StatusReason;
import io.batchengine.model.Text;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.testkit.invariant.Invariant;
import java.util.HashSet;
import java.util.Set;

/**
 * Does, once all is calm, what the documents ask an operator to do: a batch that can't be worked on, since the store has told rows of it by
 * which nobody gets on, keeps its status with the reason {@link StatusReason.Code#STORE_CORRUPT} until it is cancelled. No other batch is: one
 * that waits for that without need violates liveness.
 */
final class Operator {
    private static final int LOOKS_EVERY_MILLIS = 5_000;

    private final RunContext run;
    private final Users users;
    private final Set<String> cancelled = new HashSet<>();

    Operator(RunContext run, Users users) {
        this.run = run;
        this.users = users;
    }

    void begin() {
        if (run.plan.incidents().stream().anyMatch(Incident.Stall.class::isInstance)) {
            look();
        }
    }

    private void look() {
        for (StoredBatch batch : run.checkers.unfinished()) {
            StatusReason reason = batch.state().reason();
            boolean damaged = reason != null
                    && reason.code() == StatusReason.Code.STORE_CORRUPT
                    && run.stalled.contains(batch.id());
            if (damaged && !batch.state().cancelRequested() && cancelled.add(batch.id())) {
                users.cancel(0, batch.request().scope().projectId(), batch.id());
            }
        }
        run.in(LOOKS_EVERY_MILLIS, this::look);
    }

    /** What was cancelled has ended as that, and as nothing else. */
    void check() {
        for (StoredBatch batch : run.checkers.standing()) {
            BatchStatus status = batch.state().status();
            if (cancelled.contains(batch.id()) && status != BatchStatus.CANCELLED) {
                run.findings.violated(
                        Invariant.LEGAL_STATUS,
                        Text.format("%s was damaged and is %s though it was cancelled", batch.id(), status));
            }
        }
    }
}
