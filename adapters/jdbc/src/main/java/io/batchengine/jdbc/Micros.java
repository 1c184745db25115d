package io.batchengine.jdbc;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times as the databases hold them: microseconds since 1970. What no {@code long} can hold becomes the nearest that it can. */
final class Micros {
    private static final long PER_SECOND = 1_000_000;
    private static final int NANOS = 1_000;

    private Micros() {}

    /** Rounded down. */
    static long of(Instant time) {
        try {
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), PER_SECOND), time.getNano() / NANOS);
        } catch (ArithmeticException beyond) {
            return time.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** Rounded up: the first microsecond that is not before the time. */
    static long from(Instant time) {
        long floor = of(time);
        return floor == Long.MAX_VALUE || !at(floor).isBefore(time) ? floor : floor + 1;
    }

    static @Nullable Long orNull(@Nullable Instant time) {
        return time == null ? null : of(time);
    }

    static Instant at(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * (long) NANOS);
    }

    static @Nullable Instant orNull(@Nullable Long micros) {
        return micros == null ? null : at(micros);
    }
}
