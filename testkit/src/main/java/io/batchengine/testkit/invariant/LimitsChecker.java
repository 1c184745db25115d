package io.batchengine.testkit.invariant;

import io.batchengine.limits.Limits;
import io.batchengine.model.JobType;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/** I9. */
final class LimitsChecker extends FlowChecker {
    private final Map<SimulatedProcess, EngineWatch> engines;
    private final Map<BatchHistory, Integer> claims = new HashMap<>(); // which limits were the first in force then
    private final Set<BatchHistory> active = new LinkedHashSet<>(); // that have had a job in the engine that holds them

    LimitsChecker(History history, Findings findings, Map<SimulatedProcess, EngineWatch> engines) {
        super(Invariant.LIMITS, history, findings);
        this.engines = engines;
    }

    @Override
    void claimed(BatchHistory batch, SimulatedProcess by, StoredBatch before, StoredBatch after) {
        EngineWatch engine = engines.get(by);
        if (engine != null) {
            engine.limits();
            active.remove(batch);
            claims.put(batch, engine.firstInForce());
        }
    }

    @Override
    void attempting(BatchHistory batch, EngineWatch engine) {
        if (batch.owner() == engine.process && !active.contains(batch)) {
            begins(batch, engine);
        }
        if (!engine.engine.exact()) {
            return;
        }
        String project = batch.projectId();
        JobType type = batch.type();
        within(engine, "", "", engine.inFlight, Limits::maxInFlight);
        within(
                engine,
                " of project ",
                project,
                engine.inProject(batch),
                limits -> limits.project(project).maxInFlight());
        within(
                engine,
                " of type ",
                type,
                engine.ofType(batch),
                limits -> limits.jobType(type).maxInFlight());
        within(engine, " of ", batch.id(), engine.presence(batch).inFlight, Limits::maxInFlightPerBatch);
    }

    /**
     * A batch has its first job in an engine: from then on it counts. A claim alone does not, since it may be meant to mark the batch; but the
     * limits that were in force at any time since are those by which it was taken up.
     */
    private void begins(BatchHistory batch, EngineWatch engine) {
        active.removeIf(other -> other.hasEnded() || other.deleted || other.isDamaged());
        List<Limits> since = engine.limitsFrom(claims.getOrDefault(batch, 0));
        int all = 0;
        int ofProject = 0;
        for (BatchHistory other : active) {
            boolean beside = other.owner() == engine.process;
            all += beside ? 1 : 0;
            ofProject += beside && other.projectId().equals(batch.projectId()) ? 1 : 0;
        }
        active.add(batch);
        String project = batch.projectId();
        within(engine, all, since, Limits::maxActiveBatches);
        within(engine, ofProject, since, limits -> limits.project(project).maxActiveBatches());
    }

    private void within(EngineWatch engine, int before, List<Limits> since, ToIntFunction<Limits> limitOf) {
        int limit = since.stream().mapToInt(limitOf).max().orElse(0);
        if (before == limit - 1) {
            exercised();
        }
        require(before < limit, "%s works on %d batches where %d may be", engine, before + 1, limit);
    }

    private void within(EngineWatch engine, String of, Object whose, int before, ToIntFunction<Limits> limitOf) {
        int limit = 0;
        for (Limits limits : engine.limits()) {
            limit = Math.max(limit, limitOf.applyAsInt(limits));
        }
        if (before == limit - 1) {
            exercised();
        }
        if (before >= limit) {
            require(false, "%s has %d jobs%s%s in flight where %d may be", engine, before + 1, of, whose, limit);
        }
    }
}
