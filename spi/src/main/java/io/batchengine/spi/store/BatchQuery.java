package io.batchengine.spi.store;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.Text;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Which batches to list: those that meet every filter, newest first: by time of creation and then by id, the higher one first.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class BatchQuery {
    /**
     * A place in the order of the list.
     *
     * @param createdAt time of creation of the last batch of the page before
     * @param batchId its id
     */
    public record Position(Instant createdAt, String batchId) {}

    private final String projectId;
    private final Set<BatchStatus> statuses;
    private final @Nullable String sourceDirectoryId;
    private final @Nullable Instant createdOnOrAfter;
    private final @Nullable Instant createdOnOrBefore;
    private final @Nullable Position after;
    private final int limit;
    private final boolean withTotal;

    private BatchQuery(Builder builder) {
        projectId = Objects.requireNonNull(builder.projectId, "projectId is not set");
        statuses = builder.statuses;
        sourceDirectoryId = builder.sourceDirectoryId;
        createdOnOrAfter = builder.createdOnOrAfter;
        createdOnOrBefore = builder.createdOnOrBefore;
        after = builder.after;
        limit = builder.limit;
        withTotal = builder.withTotal;
    }

    /** {@return a builder with nothing set} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with the values of this one set} */
    public Builder toBuilder() {
        return new Builder()
                .projectId(projectId)
                .statuses(statuses)
                .sourceDirectoryId(sourceDirectoryId)
                .createdOnOrAfter(createdOnOrAfter)
                .createdOnOrBefore(createdOnOrBefore)
                .after(after)
                .limit(limit)
                .withTotal(withTotal);
    }

    /** {@return the id of the project} */
    public String projectId() {
        return projectId;
    }

    /** {@return the statuses, or empty for all} */
    public Set<BatchStatus> statuses() {
        return statuses;
    }

    /** {@return the id of the source directory, or null for all} */
    public @Nullable String sourceDirectoryId() {
        return sourceDirectoryId;
    }

    /** {@return the earliest time of creation, or null; any time at all, not rounded} */
    public @Nullable Instant createdOnOrAfter() {
        return createdOnOrAfter;
    }

    /** {@return the latest time of creation, or null; any time at all, not rounded} */
    public @Nullable Instant createdOnOrBefore() {
        return createdOnOrBefore;
    }

    /**
     * {@return the place after which the page begins, or null for the first page. The batch of that place may
     * be gone}
     */
    public @Nullable Position after() {
        return after;
    }

    /** {@return how many batches at most, from 1} */
    public int limit() {
        return limit;
    }

    /** {@return whether to count all batches that meet the filters, whatever the page} */
    public boolean withTotal() {
        return withTotal;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BatchQuery that
                && projectId.equals(that.projectId)
                && statuses.equals(that.statuses)
                && Objects.equals(sourceDirectoryId, that.sourceDirectoryId)
                && Objects.equals(createdOnOrAfter, that.createdOnOrAfter)
                && Objects.equals(createdOnOrBefore, that.createdOnOrBefore)
                && Objects.equals(after, that.after)
                && limit == that.limit
                && withTotal == that.withTotal;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                projectId, statuses, sourceDirectoryId, createdOnOrAfter, createdOnOrBefore, after, limit, withTotal);
    }

    @Override
    public String toString() {
        return Text.format(
                "BatchQuery[projectId=%s, statuses=%s, sourceDirectoryId=%s, createdOnOrAfter=%s"
                        + ", createdOnOrBefore=%s, after=%s, limit=%s, withTotal=%s]",
                projectId, statuses, sourceDirectoryId, createdOnOrAfter, createdOnOrBefore, after, limit, withTotal);
    }

    /** Makes a query. Not safe for use by several threads. */
    public static final class Builder {
        private @Nullable String projectId;
        private Set<BatchStatus> statuses = Set.of();
        private @Nullable String sourceDirectoryId;
        private @Nullable Instant createdOnOrAfter;
        private @Nullable Instant createdOnOrBefore;
        private @Nullable Position after;
        private int limit = 1;
        private boolean withTotal;

        private Builder() {}

        /**
         * {@return this builder, with {@link BatchQuery#projectId()} set}
         *
         * @param projectId must be set
         */
        public Builder projectId(String projectId) {
            this.projectId = projectId;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchQuery#statuses()} set}
         *
         * @param statuses empty if not set
         */
        public Builder statuses(Set<BatchStatus> statuses) {
            this.statuses = statuses;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchQuery#sourceDirectoryId()} set}
         *
         * @param sourceDirectoryId null if not set
         */
        public Builder sourceDirectoryId(@Nullable String sourceDirectoryId) {
            this.sourceDirectoryId = sourceDirectoryId;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchQuery#createdOnOrAfter()} set}
         *
         * @param createdOnOrAfter null if not set
         */
        public Builder createdOnOrAfter(@Nullable Instant createdOnOrAfter) {
            this.createdOnOrAfter = createdOnOrAfter;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchQuery#createdOnOrBefore()} set}
         *
         * @param createdOnOrBefore null if not set
         */
        public Builder createdOnOrBefore(@Nullable Instant createdOnOrBefore) {
            this.createdOnOrBefore = createdOnOrBefore;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchQuery#after()} set}
         *
         * @param after null if not set
         */
        public Builder after(@Nullable Position after) {
            this.after = after;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchQuery#limit()} set}
         *
         * @param limit from 1; 1 if not set
         */
        public Builder limit(int limit) {
            this.limit = limit;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchQuery#withTotal()} set}
         *
         * @param withTotal false if not set
         */
        public Builder withTotal(boolean withTotal) {
            this.withTotal = withTotal;
            return this;
        }

        /**
         * {@return the value}
         *
         * @throws NullPointerException if one that must be set is not
         */
        public BatchQuery build() {
            return new BatchQuery(this);
        }
    }
}
