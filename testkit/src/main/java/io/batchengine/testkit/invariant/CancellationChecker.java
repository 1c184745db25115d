package io.batchengine.testkit.invariant;

import io.batchengine.spi.JobRequest;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** I12. */
final class CancellationChecker extends Checker {
    private record Owned(String batchId, long epoch) {}

    private final Set<Owned> seen = new HashSet<>();
    private final Map<String, Long> acknowledged = new HashMap<>(); // nanos
    private final Map<SimulatedProcess, Duration> bounds = new HashMap<>();

    CancellationChecker(History history, Findings findings) {
        super(Invariant.CANCELLATION, history, findings);
    }

    @Override
    boolean remembers() {
        return true;
    }

    /** Within which time an engine sees a request of another. */
    void engine(SimulatedProcess process, Duration renewal) {
        bounds.put(process, renewal);
    }

    @Override
    void cancelAcknowledged(BatchHistory batch) {
        SimulatedProcess owner = batch.owners.get(batch.epoch);
        if (owner != null) {
            acknowledged.putIfAbsent(batch.id(), owner.nanos());
        }
    }

    @Override
    void cancelSeen(BatchHistory batch, SimulatedProcess by, long epoch) {
        if (seen.add(new Owned(batch.id(), epoch))) {
            exercised();
        }
    }

    @Override
    void asked(BatchHistory batch, SimulatedProcess by, JobRequest request) {
        require(
                !seen.contains(new Owned(batch.id(), request.epoch())),
                "%s starts a job of %s after it has seen that it is cancelled",
                by,
                batch.id());
        Long since = acknowledged.get(batch.id());
        Duration bound = bounds.get(by);
        require(
                since == null || bound == null || by.nanos() - since <= bound.toNanos(),
                "%s starts a job of %s later than %s after the cancel request",
                by,
                batch.id(),
                bound);
    }
}
