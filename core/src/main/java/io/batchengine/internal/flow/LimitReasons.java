package io.batchengine.internal.flow;

import io.batchengine.limits.Rate;
import io.batchengine.model.StatusReason.Code;
import io.batchengine.model.Text;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells which limit holds a batch: the one that is most its own. */
final class LimitReasons {
    private LimitReasons() {}

    static @Nullable LimitReason of(QueuedBatch<?> queued, Gate engine, long nowNanos) {
        ProjectQueue<?> queue = queued.queue;
        Duration pause = queue.adaptive.left(nowNanos);
        if (!pause.isZero()) {
            Duration asked = queue.adaptive.asked();
            return new LimitReason(
                    Code.BACK_PRESSURE,
                    asked.toNanos(),
                    () -> Text.format("the job factory asked to wait for %s", asked),
                    pause);
        }
        if (!queued.permits.isFree()) {
            return inFlight(Code.BATCH_IN_FLIGHT_LIMIT, () -> "the batch", queued.permits);
        }
        if (!queue.permits.isFree()) {
            int found = queue.permits.limit();
            return new LimitReason(
                    Code.BACK_PRESSURE,
                    -found, // apart from pauses
                    () -> Text.format(
                            "the job factory takes %d jobs of %s and %s at a time, as far as was found",
                            found, type(queue), project(queue)),
                    null);
        }
        LimitReason hold = gate(
                queue.project, Code.PROJECT_IN_FLIGHT_LIMIT, Code.PROJECT_RATE_LIMIT, () -> project(queue), nowNanos);
        if (hold == null) {
            hold = gate(
                    queue.typeQueue,
                    Code.JOB_TYPE_IN_FLIGHT_LIMIT,
                    Code.JOB_TYPE_RATE_LIMIT,
                    () -> type(queue),
                    nowNanos);
        }
        return hold != null || engine.permits.isFree()
                ? hold
                : inFlight(Code.ENGINE_IN_FLIGHT_LIMIT, () -> "the engine", engine.permits);
    }

    private static String project(ProjectQueue<?> queue) {
        return "project " + Text.quote(queue.project.id);
    }

    private static String type(ProjectQueue<?> queue) {
        return "job type " + queue.typeQueue.type;
    }

    private static @Nullable LimitReason gate(
            Gate gate, Code inFlight, Code rate, Supplier<String> whose, long nowNanos) {
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
                : new LimitReason(
                        rate,
                        perSecond,
                        () -> Text.format("%s may start %s jobs in a second", whose.get(), number(perSecond)),
                        left);
    }

    private static LimitReason inFlight(Code code, Supplier<String> whose, Permits permits) {
        int limit = permits.limit();
        return new LimitReason(
                code, limit, () -> Text.format("%s may have %d jobs in flight", whose.get(), limit), null);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
