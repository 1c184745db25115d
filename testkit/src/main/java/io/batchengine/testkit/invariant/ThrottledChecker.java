package io.batchengine.testkit.invariant;

import io.batchengine.limits.JobTypeLimits;
import io.batchengine.limits.Limits;
import io.batchengine.limits.ProjectLimits;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** I9t. What concerns time holds for engines that nothing delays, and for batches without a time limit: what was given up runs on unseen. */
final class ThrottledChecker extends FlowChecker {
    /** The least time between two changes is a second; writes come some time after what they tell. */
    private static final long LEAST = Duration.ofMillis(500).toNanos();

    private static final long LONGEST_SILENCE = Duration.ofMillis(3_500).toNanos();
    private static final long LONGEST_ECHO = Duration.ofMillis(2_500).toNanos();

    /** What is known of a batch in one engine. */
    private static final class Told {
        long freshSince = -1;
        long changedAt = -1;
        long throttledAt = -1; // last
    }

    private record Whose(String batchId, SimulatedProcess owner) {}

    private final Map<SimulatedProcess, EngineWatch> engines;
    private final Map<Whose, Told> told = new HashMap<>();

    ThrottledChecker(History history, Findings findings, Map<SimulatedProcess, EngineWatch> engines) {
        super(Invariant.THROTTLED, history, findings);
        this.engines = engines;
    }

    @Override
    void claimed(BatchHistory batch, SimulatedProcess by, StoredBatch before, StoredBatch after) {
        Told known = new Told();
        known.freshSince = batch.hasFresh() ? by.nanos() : -1;
        told.put(new Whose(batch.id(), by), known);
    }

    @Override
    void committed(BatchHistory batch, SimulatedProcess by, BatchCommit commit, StoredBatch before) {
        EngineWatch engine = engines.get(by);
        Told known = told.get(new Whose(batch.id(), by));
        if (engine == null || known == null) {
            return;
        }
        long now = engine.now();
        BatchStatus status = commit.status();
        if (known.freshSince < 0 && batch.hasFresh()) {
            known.freshSince = now;
        }
        StatusReason reason = batch.now.state().reason();
        if (batch.isDamaged()) {
            return;
        }
        boolean inherited =
                reason != null && reason.equals(before.state().reason()); // written before the rest is looked at
        if (status == BatchStatus.THROTTLED && !inherited) {
            checkReason(batch, engine, reason);
        }
        if (isTimely(batch, engine)) {
            checkTimes(batch, engine, known, commit, before.state().status());
        }
        boolean throttled = status == BatchStatus.THROTTLED || before.state().status() == BatchStatus.THROTTLED;
        known.throttledAt = throttled ? now : known.throttledAt;
    }

    private void checkTimes(
            BatchHistory batch, EngineWatch engine, Told known, BatchCommit commit, BatchStatus before) {
        long now = engine.now();
        BatchStatus status = commit.status();
        EngineWatch.Presence presence = engine.presence(batch);
        boolean into = status == BatchStatus.THROTTLED && before != status;
        boolean out = status == BatchStatus.RUNNING && before == BatchStatus.THROTTLED;
        boolean done = commit.listingEnded()
                && commit.counts().settled() == commit.counts().listed(); // it is to be COMPLETED
        if ((into || out) && !done) {
            exercised();
            require(
                    known.changedAt < 0 || now - known.changedAt >= LEAST,
                    "%s becomes %s %d ms after it has become %s",
                    batch.id(),
                    status,
                    (now - known.changedAt) / 1_000_000,
                    before);
            known.changedAt = now;
        }
        StatusReason reason = batch.now.state().reason();
        if (into && reason != null && reason.code() != StatusReason.Code.BACK_PRESSURE) {
            require(presence.hasRested(now), "%s becomes THROTTLED though it has had jobs in flight", batch.id());
        }
        require(
                status != BatchStatus.THROTTLED || presence.inFlight == 0 || now - presence.busySince <= LONGEST_ECHO,
                "%s is THROTTLED though it has had jobs in flight for %d ms",
                batch.id(),
                (now - presence.busySince) / 1_000_000);
    }

    @Override
    void attempting(BatchHistory batch, EngineWatch engine) {
        Told known = told.get(new Whose(batch.id(), engine.process));
        if (known == null || known.freshSince < 0 || !isTimely(batch, engine)) {
            return;
        }
        EngineWatch.Presence presence = engine.presence(batch);
        long now = engine.now();
        long since = Math.max(known.freshSince, presence.quietSince);
        boolean silent = batch.now.state().status() != BatchStatus.THROTTLED
                && (known.throttledAt < 0 || now - known.throttledAt > LONGEST_SILENCE);
        require(
                presence.inFlight > 0 || now - since <= LONGEST_SILENCE || !silent,
                "%s has waited for %d ms and was not THROTTLED",
                batch.id(),
                (now - since) / 1_000_000);
    }

    @Override
    void attemptEnded(BatchHistory batch, EngineWatch engine, EngineWatch.Attempt attempt) {
        Told known = told.get(new Whose(batch.id(), engine.process));
        if (known != null && !batch.hasFresh()) {
            known.freshSince = -1;
        }
    }

    private static boolean isTimely(BatchHistory batch, EngineWatch engine) {
        return engine.engine.prompt()
                && batch.request.options().jobTimeout() == null
                && batch.now.state().crashes() == 0
                && !batch.now.state().cancelRequested();
    }

    private void checkReason(BatchHistory batch, EngineWatch engine, @Nullable StatusReason reason) {
        if (reason == null) {
            require(false, "%s is THROTTLED without a reason", batch.id());
            return;
        }
        boolean possible = switch (reason.code()) {
            case ENGINE_IN_FLIGHT_LIMIT, RUNS_ALONE -> true;
            case BACK_PRESSURE -> engine.pausedUntil.containsKey(EngineWatch.line(batch));
            default -> engine.ever.stream().anyMatch(limits -> allows(reason.code(), batch, limits));
        };
        require(
                possible,
                "%s is THROTTLED for %s, which %s never was given: %s",
                batch.id(),
                reason.code(),
                engine,
                reason.message());
    }

    /** Whether limits can be what a reason says. */
    private static boolean allows(StatusReason.Code code, BatchHistory batch, Limits limits) {
        ProjectLimits project = limits.project(batch.projectId());
        JobTypeLimits type = limits.jobType(batch.type());
        return switch (code) {
            case PROJECT_IN_FLIGHT_LIMIT -> project.maxInFlight() < Limits.UNLIMITED;
            case JOB_TYPE_IN_FLIGHT_LIMIT -> type.maxInFlight() < Limits.UNLIMITED;
            case BATCH_IN_FLIGHT_LIMIT -> limits.maxInFlightPerBatch() < Limits.UNLIMITED;
            case PROJECT_RATE_LIMIT -> project.rate() != null;
            case JOB_TYPE_RATE_LIMIT -> type.rate() != null;
            case PROJECT_ACTIVE_BATCHES_LIMIT -> project.maxActiveBatches() < Limits.UNLIMITED;
            case ENGINE_ACTIVE_BATCHES_LIMIT -> limits.maxActiveBatches() < Limits.MOST_ACTIVE_BATCHES;
            default -> false;
        };
    }
}
