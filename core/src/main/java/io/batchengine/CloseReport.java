package io.batchengine;

import io.batchengine.model.Text;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * How an engine closed.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class CloseReport {
    private final boolean clean;
    private final List<String> stuckJobs;
    private final int releasedBatches;

    private CloseReport(Builder builder) {
        clean = builder.clean;
        stuckJobs = List.copyOf(builder.stuckJobs);
        releasedBatches = builder.releasedBatches;
    }

    /**
     * Returns a builder with nothing set.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return whether all jobs in flight had ended and were recorded, and all batches were released in time} */
    public boolean clean() {
        return clean;
    }

    /**
     * {@return the ids of jobs that ignored the request to stop and still run, on daemon threads; their outcomes are
     * not recorded}
     */
    public List<String> stuckJobs() {
        return stuckJobs;
    }

    /** {@return how many batches were released, for another engine to take over} */
    public int releasedBatches() {
        return releasedBatches;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CloseReport that
                && clean == that.clean
                && stuckJobs.equals(that.stuckJobs)
                && releasedBatches == that.releasedBatches;
    }

    @Override
    public int hashCode() {
        return Objects.hash(clean, stuckJobs, releasedBatches);
    }

    @Override
    public String toString() {
        return Text.format(
                "CloseReport[clean=%s, stuckJobs=%s, releasedBatches=%s]", clean, stuckJobs, releasedBatches);
    }

    /** Makes a report. Not safe for use by several threads. */
    public static final class Builder {
        private boolean clean;
        private List<String> stuckJobs = List.of();
        private int releasedBatches;

        private Builder() {}

        /**
         * Sets {@link CloseReport#clean()}.
         *
         * @param clean false if not set
         * @return this builder
         */
        public Builder clean(boolean clean) {
            this.clean = clean;
            return this;
        }

        /**
         * Sets {@link CloseReport#stuckJobs()}.
         *
         * @param stuckJobs empty if not set
         * @return this builder
         */
        public Builder stuckJobs(List<String> stuckJobs) {
            this.stuckJobs = stuckJobs;
            return this;
        }

        /**
         * Sets {@link CloseReport#releasedBatches()}.
         *
         * @param releasedBatches 0 if not set
         * @return this builder
         */
        public Builder releasedBatches(int releasedBatches) {
            this.releasedBatches = releasedBatches;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         */
        public CloseReport build() {
            return new CloseReport(this);
        }
    }
}
