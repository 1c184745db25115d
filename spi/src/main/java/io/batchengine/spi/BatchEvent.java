package io.batchengine.spi;

import io.batchengine.model.BatchProgress;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.StatusReason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What listeners and subscribers are told, each after its durable write. */
public sealed interface BatchEvent {
    /**
     * The batch that it is about.
     *
     * @return what every event says of its batch
     */
    BatchSummary batch();

    /**
     * A batch has moved to a status, {@link BatchStatus#PENDING} at its creation.
     *
     * @param batch the batch
     * @param status the status that it has now
     * @param at when, as recorded
     * @param reason why it is throttled or why it failed, or null
     */
    record StatusChanged(
            BatchSummary batch,
            BatchStatus status,
            Instant at,
            @Nullable StatusReason reason) implements BatchEvent {
        /**
         * The event's name in the original's words.
         *
         * @return as {@link BatchStatus#eventType()}
         */
        public String type() {
            return status.eventType();
        }
    }

    /**
     * Files of a batch are settled: their results and job outcomes are recorded.
     *
     * @param batch the batch
     * @param files what was recorded, in the order of the write
     */
    record FilesSettled(BatchSummary batch, List<FileRecord> files) implements BatchEvent {
        /** Copies the files. */
        public FilesSettled {
            files = List.copyOf(files);
        }
    }

    /**
     * How far a batch is, after a write that changed its counters; at most ten times a second for a batch.
     *
     * @param batch the batch
     * @param progress the counters
     */
    record Progressed(BatchSummary batch, BatchProgress progress) implements BatchEvent {}
}
