package io.batchengine.spi.store;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.StatusReason;
import io.batchengine.model.Text;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.SettledFile;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * All that one write says of one batch; applied as a whole or not at all. The state fields are the new values, not differences.
 *
 * <p>A commit whose pages do not begin where the recorded ones end, or that tells of a file of no page, is against this contract: a
 * store refuses it with an exception and writes nothing of it.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class BatchCommit {
    private final ClaimRef claim;
    private final long expectedVersion;
    private final Instant at;
    private final BatchStatus status;
    private final @Nullable StatusReason reason;
    private final FileCounts counts;
    private final boolean listingEnded;
    private final @Nullable String listedTo;
    private final long settledBelow;
    private final int crashes;
    private final List<ListedPage> pages;
    private final List<SettledFile> settled;
    private final List<DelayedFile> delayed;

    private BatchCommit(Builder builder) {
        claim = Objects.requireNonNull(builder.claim, "claim is not set");
        expectedVersion = builder.expectedVersion;
        at = Objects.requireNonNull(builder.at, "at is not set");
        status = Objects.requireNonNull(builder.status, "status is not set");
        reason = builder.reason;
        counts = builder.counts;
        listingEnded = builder.listingEnded;
        listedTo = builder.listedTo;
        settledBelow = builder.settledBelow;
        crashes = builder.crashes;
        pages = builder.pages;
        settled = builder.settled;
        delayed = builder.delayed;
    }

    /** {@return a builder with nothing set} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with the values of this one set} */
    public Builder toBuilder() {
        return new Builder()
                .claim(claim)
                .expectedVersion(expectedVersion)
                .at(at)
                .status(status)
                .reason(reason)
                .counts(counts)
                .listingEnded(listingEnded)
                .listedTo(listedTo)
                .settledBelow(settledBelow)
                .crashes(crashes)
                .pages(pages)
                .settled(settled)
                .delayed(delayed);
    }

    /** {@return the claim under which this is written: batch, epoch and claim token} */
    public ClaimRef claim() {
        return claim;
    }

    /** {@return the version that the writer saw last} */
    public long expectedVersion() {
        return expectedVersion;
    }

    /** {@return what the writer's clock says; see {@link StoredBatch#nextUpdate}} */
    public Instant at() {
        return at;
    }

    /** {@return the new status, or the present one} */
    public BatchStatus status() {
        return status;
    }

    /** {@return why it is throttled, why it failed, or what is damaged of it; or null} */
    public @Nullable StatusReason reason() {
        return reason;
    }

    /** {@return the new counters} */
    public FileCounts counts() {
        return counts;
    }

    /** {@return whether all files are listed} */
    public boolean listingEnded() {
        return listingEnded;
    }

    /** {@return the last listed id, or null before the first page} */
    public @Nullable String listedTo() {
        return listedTo;
    }

    /** {@return the ordinal below which every file is settled after this write} */
    public long settledBelow() {
        return settledBelow;
    }

    /** {@return the new {@link BatchState#crashes}} */
    public int crashes() {
        return crashes;
    }

    /** {@return the pages to record} */
    public List<ListedPage> pages() {
        return pages;
    }

    /**
     * {@return the files to record as settled, each of a page recorded before or in this write} Of one that
     * was settled before, or stands here twice, the first end counts.
     */
    public List<SettledFile> settled() {
        return settled;
    }

    /**
     * {@return what there is to tell of files that are not settled, none of them twice} It replaces an
     * earlier record of the same file. Each is of a page recorded before or in this write. Nothing is
     * recorded of a file that is settled, before or in this write.
     */
    public List<DelayedFile> delayed() {
        return delayed;
    }

    /** {@return the id of the batch} */
    public String batchId() {
        return claim.batchId();
    }

    /** {@return the epoch under which the writer claimed the batch} */
    public long epoch() {
        return claim.epoch();
    }

    /** {@return the token of that claim, as in {@link BatchState#claimToken}} */
    public long claimToken() {
        return claim.claimToken();
    }

    /**
     * What a store must answer to this commit, in the order in which the rules are asked: is there the batch, do epoch and
     * claim token claim, is it terminal, is the version the expected one, is the edge legal, does a cancel request forbid it.
     *
     * @param found the batch as it is stored, or null where there is none
     * @return the verdict; only {@link Verdict.Kind#APPLIED} may be written
     */
    public Verdict judge(@Nullable StoredBatch found) {
        if (found == null) {
            return Verdict.of(Verdict.Kind.GONE, false);
        }
        BatchState state = found.state();
        return Verdict.of(Verdict.kindOf(this, state), state.cancelRequested());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BatchCommit that
                && claim.equals(that.claim)
                && expectedVersion == that.expectedVersion
                && at.equals(that.at)
                && status == that.status
                && Objects.equals(reason, that.reason)
                && counts.equals(that.counts)
                && listingEnded == that.listingEnded
                && Objects.equals(listedTo, that.listedTo)
                && settledBelow == that.settledBelow
                && crashes == that.crashes
                && pages.equals(that.pages)
                && settled.equals(that.settled)
                && delayed.equals(that.delayed);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                claim,
                expectedVersion,
                at,
                status,
                reason,
                counts,
                listingEnded,
                listedTo,
                settledBelow,
                crashes,
                pages,
                settled,
                delayed);
    }

    @Override
    public String toString() {
        return Text.format(
                "BatchCommit[claim=%s, expectedVersion=%s, at=%s, status=%s, reason=%s, counts=%s"
                        + ", listingEnded=%s, listedTo=%s, settledBelow=%s, crashes=%s, pages=%s, settled=%s"
                        + ", delayed=%s]",
                claim,
                expectedVersion,
                at,
                status,
                reason,
                counts,
                listingEnded,
                listedTo,
                settledBelow,
                crashes,
                pages,
                settled,
                delayed);
    }

    /** Makes a commit. Not safe for use by several threads. */
    public static final class Builder {
        private @Nullable ClaimRef claim;
        private long expectedVersion;
        private @Nullable Instant at;
        private @Nullable BatchStatus status;
        private @Nullable StatusReason reason;
        private FileCounts counts = FileCounts.ZERO;
        private boolean listingEnded;
        private @Nullable String listedTo;
        private long settledBelow;
        private int crashes;
        private List<ListedPage> pages = List.of();
        private List<SettledFile> settled = List.of();
        private List<DelayedFile> delayed = List.of();

        private Builder() {}

        /**
         * {@return this builder, with {@link BatchCommit#claim()} set}
         *
         * @param claim must be set
         */
        public Builder claim(ClaimRef claim) {
            this.claim = claim;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchCommit#expectedVersion()} set}
         *
         * @param expectedVersion 0 if not set
         */
        public Builder expectedVersion(long expectedVersion) {
            this.expectedVersion = expectedVersion;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchCommit#at()} set}
         *
         * @param at must be set
         */
        public Builder at(Instant at) {
            this.at = at;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchCommit#status()} set}
         *
         * @param status must be set
         */
        public Builder status(BatchStatus status) {
            this.status = status;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchCommit#reason()} set}
         *
         * @param reason null if not set
         */
        public Builder reason(@Nullable StatusReason reason) {
            this.reason = reason;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchCommit#counts()} set}
         *
         * @param counts {@link FileCounts#ZERO} if not set
         */
        public Builder counts(FileCounts counts) {
            this.counts = counts;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchCommit#listingEnded()} set}
         *
         * @param listingEnded false if not set
         */
        public Builder listingEnded(boolean listingEnded) {
            this.listingEnded = listingEnded;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchCommit#listedTo()} set}
         *
         * @param listedTo null if not set
         */
        public Builder listedTo(@Nullable String listedTo) {
            this.listedTo = listedTo;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchCommit#settledBelow()} set}
         *
         * @param settledBelow 0 if not set
         */
        public Builder settledBelow(long settledBelow) {
            this.settledBelow = settledBelow;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchCommit#crashes()} set}
         *
         * @param crashes 0 if not set
         */
        public Builder crashes(int crashes) {
            this.crashes = crashes;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchCommit#pages()} set}
         *
         * @param pages empty if not set
         */
        public Builder pages(List<ListedPage> pages) {
            this.pages = pages;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchCommit#settled()} set}
         *
         * @param settled empty if not set
         */
        public Builder settled(List<SettledFile> settled) {
            this.settled = settled;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchCommit#delayed()} set}
         *
         * @param delayed empty if not set
         */
        public Builder delayed(List<DelayedFile> delayed) {
            this.delayed = delayed;
            return this;
        }

        /**
         * {@return the value}
         *
         * @throws NullPointerException if one that must be set is not
         */
        public BatchCommit build() {
            return new BatchCommit(this);
        }
    }
}
