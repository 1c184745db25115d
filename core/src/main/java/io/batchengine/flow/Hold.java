package io.batchengine.flow;

import io.batchengine.model.StatusReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The limit that keeps a batch from starting its next job.
 *
 * @param code which
 * @param message for people
 * @param left how long it will, as far as that is known, or null
 */
public record Hold(
        StatusReason.Code code, String message, @Nullable Duration left) {}
