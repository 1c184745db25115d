package io.batchengine.spi.store;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.StatusReason;
import io.batchengine.model.Text;
import java.time.Instant;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The part of a stored batch that changes.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class BatchState {
    private final BatchStatus status;
    private final long version;
    private final long epoch;
    private final long claimToken;
    private final @Nullable String owner;
    private final int crashes;
    private final boolean cancelRequested;
    private final boolean listingEnded;
    private final @Nullable String listedTo;
    private final long settledBelow;
    private final FileCounts counts;
    private final @Nullable StatusReason reason;
    private final Instant updatedAt;
    private final @Nullable Instant startedAt;
    private final @Nullable Instant finishedAt;

    private BatchState(Builder builder) {
        status = Objects.requireNonNull(builder.status, "status is not set");
        version = builder.version;
        epoch = builder.epoch;
        claimToken = builder.claimToken;
        owner = builder.owner;
        crashes = builder.crashes;
        cancelRequested = builder.cancelRequested;
        listingEnded = builder.listingEnded;
        listedTo = builder.listedTo;
        settledBelow = builder.settledBelow;
        counts = builder.counts;
        reason = builder.reason;
        updatedAt = Objects.requireNonNull(builder.updatedAt, "updatedAt is not set");
        startedAt = builder.startedAt;
        finishedAt = builder.finishedAt;
    }

    /** {@return a builder with nothing set} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with the values of this one set} */
    public Builder toBuilder() {
        return new Builder()
                .status(status)
                .version(version)
                .epoch(epoch)
                .claimToken(claimToken)
                .owner(owner)
                .crashes(crashes)
                .cancelRequested(cancelRequested)
                .listingEnded(listingEnded)
                .listedTo(listedTo)
                .settledBelow(settledBelow)
                .counts(counts)
                .reason(reason)
                .updatedAt(updatedAt)
                .startedAt(startedAt)
                .finishedAt(finishedAt);
    }

    /** {@return the status} */
    public BatchStatus status() {
        return status;
    }

    /** {@return the version: 0 at creation, one more with each claim and commit} */
    public long version() {
        return version;
    }

    /** {@return the epoch, which fences a stale owner: 0 at creation, one more with each claim} */
    public long epoch() {
        return epoch;
    }

    /** {@return the {@link ClaimRequest#claimToken} of the last claim, or 0; with the epoch it names one claim, also in a store set back} */
    public long claimToken() {
        return claimToken;
    }

    /** {@return the owner id of the engine that holds the batch, or null} */
    public @Nullable String owner() {
        return owner;
    }

    /**
     * {@return how often in a row a claim found that the owner before was lost, since an owner last committed
     * another count}
     */
    public int crashes() {
        return crashes;
    }

    /** {@return whether a cancel request stands} */
    public boolean cancelRequested() {
        return cancelRequested;
    }

    /** {@return whether all files are listed} */
    public boolean listingEnded() {
        return listingEnded;
    }

    /** {@return the last listed id, after which the listing continues, or null before the first page} */
    public @Nullable String listedTo() {
        return listedTo;
    }

    /** {@return the ordinal below which every file is settled} */
    public long settledBelow() {
        return settledBelow;
    }

    /** {@return the counters} */
    public FileCounts counts() {
        return counts;
    }

    /** {@return why the batch is throttled or why it failed, or null} */
    public @Nullable StatusReason reason() {
        return reason;
    }

    /** {@return the time of the last change} */
    public Instant updatedAt() {
        return updatedAt;
    }

    /** {@return the time when it first ran, or null} */
    public @Nullable Instant startedAt() {
        return startedAt;
    }

    /** {@return the time when it became terminal, or null} */
    public @Nullable Instant finishedAt() {
        return finishedAt;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BatchState that
                && status == that.status
                && version == that.version
                && epoch == that.epoch
                && claimToken == that.claimToken
                && Objects.equals(owner, that.owner)
                && crashes == that.crashes
                && cancelRequested == that.cancelRequested
                && listingEnded == that.listingEnded
                && Objects.equals(listedTo, that.listedTo)
                && settledBelow == that.settledBelow
                && counts.equals(that.counts)
                && Objects.equals(reason, that.reason)
                && updatedAt.equals(that.updatedAt)
                && Objects.equals(startedAt, that.startedAt)
                && Objects.equals(finishedAt, that.finishedAt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                status,
                version,
                epoch,
                claimToken,
                owner,
                crashes,
                cancelRequested,
                listingEnded,
                listedTo,
                settledBelow,
                counts,
                reason,
                updatedAt,
                startedAt,
                finishedAt);
    }

    @Override
    public String toString() {
        return Text.format(
                "BatchState[status=%s, version=%s, epoch=%s, claimToken=%s, owner=%s, crashes=%s"
                        + ", cancelRequested=%s, listingEnded=%s, listedTo=%s, settledBelow=%s, counts=%s"
                        + ", reason=%s, updatedAt=%s, startedAt=%s, finishedAt=%s]",
                status,
                version,
                epoch,
                claimToken,
                owner,
                crashes,
                cancelRequested,
                listingEnded,
                listedTo,
                settledBelow,
                counts,
                reason,
                updatedAt,
                startedAt,
                finishedAt);
    }

    /** Makes the state of a batch. Not safe for use by several threads. */
    public static final class Builder {
        private @Nullable BatchStatus status;
        private long version;
        private long epoch;
        private long claimToken;
        private @Nullable String owner;
        private int crashes;
        private boolean cancelRequested;
        private boolean listingEnded;
        private @Nullable String listedTo;
        private long settledBelow;
        private FileCounts counts = FileCounts.ZERO;
        private @Nullable StatusReason reason;
        private @Nullable Instant updatedAt;
        private @Nullable Instant startedAt;
        private @Nullable Instant finishedAt;

        private Builder() {}

        /**
         * {@return this builder, with {@link BatchState#status()} set}
         *
         * @param status must be set
         */
        public Builder status(BatchStatus status) {
            this.status = status;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchState#version()} set}
         *
         * @param version 0 if not set
         */
        public Builder version(long version) {
            this.version = version;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchState#epoch()} set}
         *
         * @param epoch 0 if not set
         */
        public Builder epoch(long epoch) {
            this.epoch = epoch;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchState#claimToken()} set}
         *
         * @param claimToken 0 if not set
         */
        public Builder claimToken(long claimToken) {
            this.claimToken = claimToken;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchState#owner()} set}
         *
         * @param owner null if not set
         */
        public Builder owner(@Nullable String owner) {
            this.owner = owner;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchState#crashes()} set}
         *
         * @param crashes 0 if not set
         */
        public Builder crashes(int crashes) {
            this.crashes = crashes;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchState#cancelRequested()} set}
         *
         * @param cancelRequested false if not set
         */
        public Builder cancelRequested(boolean cancelRequested) {
            this.cancelRequested = cancelRequested;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchState#listingEnded()} set}
         *
         * @param listingEnded false if not set
         */
        public Builder listingEnded(boolean listingEnded) {
            this.listingEnded = listingEnded;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchState#listedTo()} set}
         *
         * @param listedTo null if not set
         */
        public Builder listedTo(@Nullable String listedTo) {
            this.listedTo = listedTo;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchState#settledBelow()} set}
         *
         * @param settledBelow 0 if not set
         */
        public Builder settledBelow(long settledBelow) {
            this.settledBelow = settledBelow;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchState#counts()} set}
         *
         * @param counts {@link FileCounts#ZERO} if not set
         */
        public Builder counts(FileCounts counts) {
            this.counts = counts;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchState#reason()} set}
         *
         * @param reason null if not set
         */
        public Builder reason(@Nullable StatusReason reason) {
            this.reason = reason;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchState#updatedAt()} set}
         *
         * @param updatedAt must be set
         */
        public Builder updatedAt(Instant updatedAt) {
            this.updatedAt = updatedAt;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchState#startedAt()} set}
         *
         * @param startedAt null if not set
         */
        public Builder startedAt(@Nullable Instant startedAt) {
            this.startedAt = startedAt;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchState#finishedAt()} set}
         *
         * @param finishedAt null if not set
         */
        public Builder finishedAt(@Nullable Instant finishedAt) {
            this.finishedAt = finishedAt;
            return this;
        }

        /**
         * {@return the value}
         *
         * @throws NullPointerException if one that must be set is not
         */
        public BatchState build() {
            return new BatchState(this);
        }
    }
}
