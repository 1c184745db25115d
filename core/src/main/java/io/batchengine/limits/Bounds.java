package io.batchengine.limits;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;

/** Checks of values. Apart from the limits: their constants need each other, and must not need each other's checks. */
final class Bounds {
    private Bounds() {}

    static void requireNotNegative(String name, int limit) {
        requireWithin(name, limit, Limits.UNLIMITED);
    }

    static void requireWithin(String name, int limit, int most) {
        if (limit < 0 || limit > most) {
            throw BatchEngineException.of(
                    ErrorCode.INVALID_ARGUMENT, Text.format("%s %d is not within 0 to %d", name, limit, most));
        }
    }
}
