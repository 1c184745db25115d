package io.batchengine.testkit.invariant;

import io.batchengine.limits.Limits;
import io.batchengine.model.JobType;
import java.util.function.ToIntFunction;

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
