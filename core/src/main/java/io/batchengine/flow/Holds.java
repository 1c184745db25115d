package io.batchengine.flow;

import io.batchengine.limits.Rate;
import io.batchengine.model.StatusReason.Code;
import io.batchengine.model.Text;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tells which limit holds a batch: the one that is most its own. */
final class Holds {
    private Holds() {}

    static @Nullable Hold of(Place<?> place, Gate engine, long nowNanos) {
        Line<?> line = place.line;
        String project = "project " + Text.quote(line.project.id);
        String type = "job type " + line.lane.type;
        Duration pause = line.pressure.left(nowNanos);
        if (!pause.isZero()) {
            return new Hold(
                    Code.BACK_PRESSURE, "the job factory asked to wait for %s".formatted(line.pressure.asked()), pause);
        }
        if (!place.permits.isFree()) {
            return inFlight(Code.BATCH_IN_FLIGHT_LIMIT, "the batch", place.permits);
        }
        if (!line.permits.isFree()) {
            return new Hold(
                    Code.BACK_PRESSURE,
                    "the job factory takes %d jobs of %s and %s at a time, as far as was found"
                            .formatted(line.permits.limit(), project, type),
                    null);
        }
        Hold hold = gate(line.project, Code.PROJECT_IN_FLIGHT_LIMIT, Code.PROJECT_RATE_LIMIT, project, nowNanos);
        if (hold == null) {
            hold = gate(line.lane, Code.JOB_TYPE_IN_FLIGHT_LIMIT, Code.JOB_TYPE_RATE_LIMIT, type, nowNanos);
        }
        return hold != null || engine.permits.isFree()
                ? hold
                : inFlight(Code.ENGINE_IN_FLIGHT_LIMIT, "the engine", engine.permits);
    }

    private static @Nullable Hold gate(Gate gate, Code inFlight, Code rate, String whose, long nowNanos) {
        if (!gate.permits.isFree()) {
            return inFlight(inFlight, whose, gate.permits);
        }
        Duration left = gate.tokens.untilToken(nowNanos);
        Rate limit = gate.tokens.rate();
        return limit == null || Duration.ZERO.equals(left)
                ? null
                : new Hold(rate, "%s may start %s jobs in a second".formatted(whose, number(limit.perSecond())), left);
    }

    private static Hold inFlight(Code code, String whose, Permits permits) {
        return new Hold(code, "%s may have %d jobs in flight".formatted(whose, permits.limit()), null);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
