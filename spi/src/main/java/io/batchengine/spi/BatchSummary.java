package io.batchengine.spi;

import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What every event says of its batch.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class BatchSummary {
    private final String batchId;
    private final Scope scope;
    private final String sourceDirectoryId;
    private final JobType jobType;
    private final @Nullable String requestedBy;

    private BatchSummary(Builder builder) {
        batchId = Objects.requireNonNull(builder.batchId, "batchId is not set");
        scope = Objects.requireNonNull(builder.scope, "scope is not set");
        sourceDirectoryId = Objects.requireNonNull(builder.sourceDirectoryId, "sourceDirectoryId is not set");
        jobType = Objects.requireNonNull(builder.jobType, "jobType is not set");
        requestedBy = builder.requestedBy;
    }

    /** {@return a builder with nothing set} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with the values of this one set} */
    public Builder toBuilder() {
        return new Builder()
                .batchId(batchId)
                .scope(scope)
                .sourceDirectoryId(sourceDirectoryId)
                .jobType(jobType)
                .requestedBy(requestedBy);
    }

    /** {@return the id of the batch} */
    public String batchId() {
        return batchId;
    }

    /** {@return the scope on whose behalf it runs} */
    public Scope scope() {
        return scope;
    }

    /** {@return the id of its source directory} */
    public String sourceDirectoryId() {
        return sourceDirectoryId;
    }

    /** {@return the type of its jobs} */
    public JobType jobType() {
        return jobType;
    }

    /** {@return who asked for it, as given at creation, or null} */
    public @Nullable String requestedBy() {
        return requestedBy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BatchSummary that
                && batchId.equals(that.batchId)
                && scope.equals(that.scope)
                && sourceDirectoryId.equals(that.sourceDirectoryId)
                && jobType.equals(that.jobType)
                && Objects.equals(requestedBy, that.requestedBy);
    }

    @Override
    public int hashCode() {
        return Objects.hash(batchId, scope, sourceDirectoryId, jobType, requestedBy);
    }

    @Override
    public String toString() {
        return Text.format(
                "BatchSummary[batchId=%s, scope=%s, sourceDirectoryId=%s, jobType=%s, requestedBy=%s]",
                batchId, scope, sourceDirectoryId, jobType, requestedBy);
    }

    /** Makes the summary of a batch. Not safe for use by several threads. */
    public static final class Builder {
        private @Nullable String batchId;
        private @Nullable Scope scope;
        private @Nullable String sourceDirectoryId;
        private @Nullable JobType jobType;
        private @Nullable String requestedBy;

        private Builder() {}

        /**
         * {@return this builder, with {@link BatchSummary#batchId()} set}
         *
         * @param batchId must be set
         */
        public Builder batchId(String batchId) {
            this.batchId = batchId;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchSummary#scope()} set}
         *
         * @param scope must be set
         */
        public Builder scope(Scope scope) {
            this.scope = scope;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchSummary#sourceDirectoryId()} set}
         *
         * @param sourceDirectoryId must be set
         */
        public Builder sourceDirectoryId(String sourceDirectoryId) {
            this.sourceDirectoryId = sourceDirectoryId;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchSummary#jobType()} set}
         *
         * @param jobType must be set
         */
        public Builder jobType(JobType jobType) {
            this.jobType = jobType;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchSummary#requestedBy()} set}
         *
         * @param requestedBy null if not set
         */
        public Builder requestedBy(@Nullable String requestedBy) {
            this.requestedBy = requestedBy;
            return this;
        }

        /**
         * {@return the value}
         *
         * @throws NullPointerException if one that must be set is not
         */
        public BatchSummary build() {
            return new BatchSummary(this);
        }
    }
}
