package io.batchengine.flow;

import io.batchengine.limits.Rate;
import io.batchengine.model.StatusReason.Code;
import io.batchengine.model.Text;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells which limit holds a batch: the one that is most its own. */
final class Holds {
    private Holds() {}

    static @Nullable Hold of(Place<?> place, Gate engine, long nowNanos) {
        Line<?> line = place.line;
        Duration pause = line.pressure.left(nowNanos);
        if (!pause.isZero()) {
            Duration asked = line.pressure.asked();
            return new Hold(
                    Code.BACK_PRESSURE,
                    asked.toNanos(),
                    () -> Text.format("the job factory asked to wait for %s", asked),
                    pause);
        }
        if (!place.permits.isFree()) {
            return inFlight(Code.BATCH_IN_FLIGHT_LIMIT, () -> "the batch", place.permits);
        }
        if (!line.permits.isFree()) {
            int found = line.permits.limit();
            return new Hold(
                    Code.BACK_PRESSURE,
                    -found, // apart from pauses
                    () -> Text.format(
                            "the job factory takes %d jobs of %s and %s at a time, as far as was found",
                            found, type(line), project(line)),
                    null);
        }
        Hold hold = gate(
                line.project, Code.PROJECT_IN_FLIGHT_LIMIT, Code.PROJECT_RATE_LIMIT, () -> project(line), nowNanos);
        if (hold == null) {
            hold = gate(line.lane, Code.JOB_TYPE_IN_FLIGHT_LIMIT, Code.JOB_TYPE_RATE_LIMIT, () -> type(line), nowNanos);
        }
        return hold != null || engine.permits.isFree()
                ? hold
                : inFlight(Code.ENGINE_IN_FLIGHT_LIMIT, () -> "the engine", engine.permits);
    }

    private static String project(Line<?> line) {
        return "project " + Text.quote(line.project.id);
    }

    private static String type(Line<?> line) {
        return "job type " + line.lane.type;
    }

    private static @Nullable Hold gate(Gate gate, Code inFlight, Code rate, Supplier<String> whose, long nowNanos) {
        if (!gate.permits.isFree()) {
            return inFlight(inFlight, whose, gate.permits);
        }
        Rate limit = gate.tokens.rate();
        if (limit == null) {
            return null;
        }
        Duration left = gate.tokens.untilToken(nowNanos);
        double perSecond = limit.perSecond();
        return Duration.ZERO.equals(left)
                ? null
                : new Hold(
                        rate,
                        perSecond,
                        () -> Text.format("%s may start %s jobs in a second", whose.get(), number(perSecond)),
                        left);
    }

    private static Hold inFlight(Code code, Supplier<String> whose, Permits permits) {
        int limit = permits.limit();
        return new Hold(code, limit, () -> Text.format("%s may have %d jobs in flight", whose.get(), limit), null);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
