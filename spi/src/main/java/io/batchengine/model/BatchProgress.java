package io.batchengine.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * How far a batch is: what users need and the wire model lacks. The counts are durable ones, as of the batch's last write; the
 * rest is known to the engine that runs the batch, and empty when another engine is asked.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class BatchProgress {
    private final String batchId;
    private final BatchStatus status;
    private final FileCounts counts;
    private final long inFlight;
    private final boolean listingEnded;
    private final boolean cancelRequested;
    private final @Nullable StatusReason reason;
    private final double filesPerSecond;
    private final @Nullable Duration timeLeft;
    private final @Nullable Instant startedAt;
    private final @Nullable Instant finishedAt;
    private final @Nullable String requestedBy;
    private final @Nullable String retryOf;

    private BatchProgress(Builder builder) {
        batchId = Objects.requireNonNull(builder.batchId, "batchId is not set");
        status = Objects.requireNonNull(builder.status, "status is not set");
        counts = builder.counts;
        inFlight = builder.inFlight;
        listingEnded = builder.listingEnded;
        cancelRequested = builder.cancelRequested;
        reason = builder.reason;
        filesPerSecond = builder.filesPerSecond;
        timeLeft = builder.timeLeft;
        startedAt = builder.startedAt;
        finishedAt = builder.finishedAt;
        requestedBy = builder.requestedBy;
        retryOf = builder.retryOf;
    }

    /**
     * Returns a builder with nothing set.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a builder with the values of this one set.
     *
     * @return the builder
     */
    public Builder toBuilder() {
        return new Builder()
                .batchId(batchId)
                .status(status)
                .counts(counts)
                .inFlight(inFlight)
                .listingEnded(listingEnded)
                .cancelRequested(cancelRequested)
                .reason(reason)
                .filesPerSecond(filesPerSecond)
                .timeLeft(timeLeft)
                .startedAt(startedAt)
                .finishedAt(finishedAt)
                .requestedBy(requestedBy)
                .retryOf(retryOf);
    }

    /** {@return the id of the batch} */
    public String batchId() {
        return batchId;
    }

    /** {@return its status} */
    public BatchStatus status() {
        return status;
    }

    /** {@return its counters, as of its last write} */
    public FileCounts counts() {
        return counts;
    }

    /** {@return how many jobs have started and not ended} */
    public long inFlight() {
        return inFlight;
    }

    /** {@return whether all files are listed, so that {@code counts.listed()} is final} */
    public boolean listingEnded() {
        return listingEnded;
    }

    /** {@return whether a cancel request stands} */
    public boolean cancelRequested() {
        return cancelRequested;
    }

    /** {@return why it is throttled, waits for its store, or failed; or null} */
    public @Nullable StatusReason reason() {
        return reason;
    }

    /**
     * {@return the files settled per second over the last minute of work or the last few writes; a standstill, such as an
     * outage or a pause, counts for ten seconds at most} It is the average of an ended batch, and 0 before the first file.
     */
    public double filesPerSecond() {
        return filesPerSecond;
    }

    /**
     * {@return how long the rest will take with one more attempt for each file, at the recent pace of attempts, and
     * at least until the last retry that waits is due, as far as the engine knows of it; null while listing goes on
     * or before the first attempt has ended}
     */
    public @Nullable Duration timeLeft() {
        return timeLeft;
    }

    /** {@return the time when processing started, or null} */
    public @Nullable Instant startedAt() {
        return startedAt;
    }

    /** {@return the time when it became terminal, or null} */
    public @Nullable Instant finishedAt() {
        return finishedAt;
    }

    /** {@return who asked for it, as given at creation, or null} */
    public @Nullable String requestedBy() {
        return requestedBy;
    }

    /** {@return the batch whose failed files it runs again, or null} */
    public @Nullable String retryOf() {
        return retryOf;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BatchProgress that
                && batchId.equals(that.batchId)
                && status == that.status
                && counts.equals(that.counts)
                && inFlight == that.inFlight
                && listingEnded == that.listingEnded
                && cancelRequested == that.cancelRequested
                && Objects.equals(reason, that.reason)
                && Double.compare(filesPerSecond, that.filesPerSecond) == 0
                && Objects.equals(timeLeft, that.timeLeft)
                && Objects.equals(startedAt, that.startedAt)
                && Objects.equals(finishedAt, that.finishedAt)
                && Objects.equals(requestedBy, that.requestedBy)
                && Objects.equals(retryOf, that.retryOf);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                batchId,
                status,
                counts,
                inFlight,
                listingEnded,
                cancelRequested,
                reason,
                filesPerSecond,
                timeLeft,
                startedAt,
                finishedAt,
                requestedBy,
                retryOf);
    }

    @Override
    public String toString() {
        return Text.format(
                "BatchProgress[batchId=%s, status=%s, counts=%s, inFlight=%s, listingEnded=%s"
                        + ", cancelRequested=%s, reason=%s, filesPerSecond=%s, timeLeft=%s, startedAt=%s"
                        + ", finishedAt=%s, requestedBy=%s, retryOf=%s]",
                batchId,
                status,
                counts,
                inFlight,
                listingEnded,
                cancelRequested,
                reason,
                filesPerSecond,
                timeLeft,
                startedAt,
                finishedAt,
                requestedBy,
                retryOf);
    }

    /** Makes the progress of a batch. Not safe for use by several threads. */
    public static final class Builder {
        private @Nullable String batchId;
        private @Nullable BatchStatus status;
        private FileCounts counts = FileCounts.ZERO;
        private long inFlight;
        private boolean listingEnded;
        private boolean cancelRequested;
        private @Nullable StatusReason reason;
        private double filesPerSecond;
        private @Nullable Duration timeLeft;
        private @Nullable Instant startedAt;
        private @Nullable Instant finishedAt;
        private @Nullable String requestedBy;
        private @Nullable String retryOf;

        private Builder() {}

        /**
         * Sets {@link BatchProgress#batchId()}.
         *
         * @param batchId must be set
         * @return this builder
         */
        public Builder batchId(String batchId) {
            this.batchId = batchId;
            return this;
        }

        /**
         * Sets {@link BatchProgress#status()}.
         *
         * @param status must be set
         * @return this builder
         */
        public Builder status(BatchStatus status) {
            this.status = status;
            return this;
        }

        /**
         * Sets {@link BatchProgress#counts()}.
         *
         * @param counts {@link FileCounts#ZERO} if not set
         * @return this builder
         */
        public Builder counts(FileCounts counts) {
            this.counts = counts;
            return this;
        }

        /**
         * Sets {@link BatchProgress#inFlight()}.
         *
         * @param inFlight 0 if not set
         * @return this builder
         */
        public Builder inFlight(long inFlight) {
            this.inFlight = inFlight;
            return this;
        }

        /**
         * Sets {@link BatchProgress#listingEnded()}.
         *
         * @param listingEnded false if not set
         * @return this builder
         */
        public Builder listingEnded(boolean listingEnded) {
            this.listingEnded = listingEnded;
            return this;
        }

        /**
         * Sets {@link BatchProgress#cancelRequested()}.
         *
         * @param cancelRequested false if not set
         * @return this builder
         */
        public Builder cancelRequested(boolean cancelRequested) {
            this.cancelRequested = cancelRequested;
            return this;
        }

        /**
         * Sets {@link BatchProgress#reason()}.
         *
         * @param reason null if not set
         * @return this builder
         */
        public Builder reason(@Nullable StatusReason reason) {
            this.reason = reason;
            return this;
        }

        /**
         * Sets {@link BatchProgress#filesPerSecond()}.
         *
         * @param filesPerSecond 0 if not set
         * @return this builder
         */
        public Builder filesPerSecond(double filesPerSecond) {
            this.filesPerSecond = filesPerSecond;
            return this;
        }

        /**
         * Sets {@link BatchProgress#timeLeft()}.
         *
         * @param timeLeft null if not set
         * @return this builder
         */
        public Builder timeLeft(@Nullable Duration timeLeft) {
            this.timeLeft = timeLeft;
            return this;
        }

        /**
         * Sets {@link BatchProgress#startedAt()}.
         *
         * @param startedAt null if not set
         * @return this builder
         */
        public Builder startedAt(@Nullable Instant startedAt) {
            this.startedAt = startedAt;
            return this;
        }

        /**
         * Sets {@link BatchProgress#finishedAt()}.
         *
         * @param finishedAt null if not set
         * @return this builder
         */
        public Builder finishedAt(@Nullable Instant finishedAt) {
            this.finishedAt = finishedAt;
            return this;
        }

        /**
         * Sets {@link BatchProgress#requestedBy()}.
         *
         * @param requestedBy null if not set
         * @return this builder
         */
        public Builder requestedBy(@Nullable String requestedBy) {
            this.requestedBy = requestedBy;
            return this;
        }

        /**
         * Sets {@link BatchProgress#retryOf()}.
         *
         * @param retryOf null if not set
         * @return this builder
         */
        public Builder retryOf(@Nullable String retryOf) {
            this.retryOf = retryOf;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws NullPointerException if one that must be set is not
         */
        public BatchProgress build() {
            return new BatchProgress(this);
        }
    }
}
