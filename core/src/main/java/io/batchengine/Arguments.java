package io.batchengine;

import com.google.errorprone.annotations.FormatMethod;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;

/** Refuses values that are not allowed. */
final class Arguments {
    private Arguments() {}

    @FormatMethod
    static BatchEngineException invalid(String message, Object... values) {
        return BatchEngineException.of(ErrorCode.INVALID_ARGUMENT, Text.format(message, values));
    }

    static int inRange(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw invalid("%s %d is not within %d to %d", name, value, low, high);
        }
        return value;
    }
}
