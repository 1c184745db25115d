package io.batchengine.testkit.invariant;

import io.batchengine.limits.Limits;

/** I9. */
final class LimitsChecker extends Checker {
    LimitsChecker(History history, Findings findings) {
        super(Invariant.LIMITS, history, findings);
    }

    @Override
    void attempting(BatchHistory batch, EngineWatch engine) {
        if (!engine.engine.exact()) {
            return;
        }
        Limits limits = engine.limits();
        within(engine, "", "", engine.inFlight, limits.maxInFlight());
        within(
                engine,
                " of project ",
                batch.projectId(),
                engine.inProject(batch),
                limits.project(batch.projectId()).maxInFlight());
        within(
                engine,
                " of type ",
                batch.type(),
                engine.ofType(batch),
                limits.jobType(batch.type()).maxInFlight());
        within(engine, " of ", batch.id(), engine.presence(batch).inFlight, limits.maxInFlightPerBatch());
    }

    private void within(EngineWatch engine, String of, Object whose, int before, int limit) {
        if (before == limit - 1) {
            exercised();
        }
        if (before >= limit) {
            require(false, "%s has %d jobs%s%s in flight where %d may be", engine, before + 1, of, whose, limit);
        }
    }
}
