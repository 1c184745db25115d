package io.batchengine.spi;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.StatusReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A batch has moved to a status.
 *
 * @param batch the batch
 * @param status the status that it has now
 * @param at when, as recorded
 * @param reason why it is throttled or why it failed, or null
 */
public record StatusEvent(
        BatchSummary batch,
        BatchStatus status,
        Instant at,
        @Nullable StatusReason reason) {
    /**
     * The event's name in the original's words.
     *
     * @return as {@link BatchStatus#eventType()}
     */
    public String type() {
        return status.eventType();
    }
}
