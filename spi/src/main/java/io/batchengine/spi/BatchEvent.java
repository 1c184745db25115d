package io.batchengine.spi;

import io.batchengine.model.BatchProgress;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.StatusReason;
import io.batchengine.model.Text;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What listeners and subscribers are told, each after its durable write.
 *
 * <p>New kinds of events and new parts of an event may be added: ignore a kind that you do not know.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public sealed interface BatchEvent {
    /**
     * The batch that it is about.
     *
     * @return what every event says of its batch
     */
    BatchSummary batch();

    /** A batch has moved to a status, {@link BatchStatus#PENDING} at its creation. */
    final class StatusChanged implements BatchEvent {
        private final BatchSummary batch;
        private final BatchStatus status;
        private final Instant at;
        private final @Nullable StatusReason reason;

        private StatusChanged(BatchSummary batch, BatchStatus status, Instant at, @Nullable StatusReason reason) {
            this.batch = batch;
            this.status = status;
            this.at = at;
            this.reason = reason;
        }

        /**
         * Creates an event.
         *
         * @param batch the batch
         * @param status the status that the batch has now
         * @param at the time of the change, as recorded
         * @param reason why it is throttled or why it failed, or null
         * @return the event
         */
        public static StatusChanged of(
                BatchSummary batch, BatchStatus status, Instant at, @Nullable StatusReason reason) {
            return new StatusChanged(batch, status, at, reason);
        }

        @Override
        public BatchSummary batch() {
            return batch;
        }

        /** {@return the status that the batch has now} */
        public BatchStatus status() {
            return status;
        }

        /** {@return the time of the change, as recorded} */
        public Instant at() {
            return at;
        }

        /** {@return why it is throttled or why it failed, or null} */
        public @Nullable StatusReason reason() {
            return reason;
        }

        /**
         * The event's name in the original's words.
         *
         * @return as {@link BatchStatus#eventType()}
         */
        public String type() {
            return status.eventType();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof StatusChanged that
                    && batch.equals(that.batch)
                    && status == that.status
                    && at.equals(that.at)
                    && Objects.equals(reason, that.reason);
        }

        @Override
        public int hashCode() {
            return Objects.hash(batch, status, at, reason);
        }

        @Override
        public String toString() {
            return Text.format("StatusChanged[batch=%s, status=%s, at=%s, reason=%s]", batch, status, at, reason);
        }
    }

    /** Files of a batch are settled: their results and job outcomes are recorded. */
    final class FilesSettled implements BatchEvent {
        private final BatchSummary batch;
        private final List<FileRecord> files;

        private FilesSettled(BatchSummary batch, List<FileRecord> files) {
            this.batch = batch;
            this.files = List.copyOf(files);
        }

        /**
         * Creates an event with a copy of the files.
         *
         * @param batch the batch
         * @param files what was recorded, in the order of the write
         * @return the event
         */
        public static FilesSettled of(BatchSummary batch, List<FileRecord> files) {
            return new FilesSettled(batch, files);
        }

        @Override
        public BatchSummary batch() {
            return batch;
        }

        /** {@return what was recorded, in the order of the write} */
        public List<FileRecord> files() {
            return files;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof FilesSettled that && batch.equals(that.batch) && files.equals(that.files);
        }

        @Override
        public int hashCode() {
            return Objects.hash(batch, files);
        }

        @Override
        public String toString() {
            return Text.format("FilesSettled[batch=%s, files=%s]", batch, files);
        }
    }

    /** How far a batch is, after a write that changed its counters; at most ten times a second for a batch. */
    final class Progressed implements BatchEvent {
        private final BatchSummary batch;
        private final BatchProgress progress;

        private Progressed(BatchSummary batch, BatchProgress progress) {
            this.batch = batch;
            this.progress = progress;
        }

        /**
         * Creates an event.
         *
         * @param batch the batch
         * @param progress the counters
         * @return the event
         */
        public static Progressed of(BatchSummary batch, BatchProgress progress) {
            return new Progressed(batch, progress);
        }

        @Override
        public BatchSummary batch() {
            return batch;
        }

        /** {@return the counters} */
        public BatchProgress progress() {
            return progress;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Progressed that && batch.equals(that.batch) && progress.equals(that.progress);
        }

        @Override
        public int hashCode() {
            return Objects.hash(batch, progress);
        }

        @Override
        public String toString() {
            return Text.format("Progressed[batch=%s, progress=%s]", batch, progress);
        }
    }
}
