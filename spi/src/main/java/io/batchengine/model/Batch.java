package io.batchengine.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A batch as a caller sees it: exactly the fields of the wire model. What the wire model lacks is in {@link BatchProgress}.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class Batch {
    private final String id;
    private final BatchConfig config;
    private final String projectId;
    private final String sourceDirectoryId;
    private final BatchStatus status;
    private final @Nullable Instant createdAt;
    private final @Nullable Instant updatedAt;
    private final @Nullable List<BatchResult> results;

    private Batch(Builder builder) {
        id = Objects.requireNonNull(builder.id, "id is not set");
        config = Objects.requireNonNull(builder.config, "config is not set");
        projectId = Objects.requireNonNull(builder.projectId, "projectId is not set");
        sourceDirectoryId = Objects.requireNonNull(builder.sourceDirectoryId, "sourceDirectoryId is not set");
        status = Objects.requireNonNull(builder.status, "status is not set");
        createdAt = builder.createdAt;
        updatedAt = builder.updatedAt;
        results = builder.results == null ? null : List.copyOf(builder.results);
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
                .id(id)
                .config(config)
                .projectId(projectId)
                .sourceDirectoryId(sourceDirectoryId)
                .status(status)
                .createdAt(createdAt)
                .updatedAt(updatedAt)
                .results(results);
    }

    /** {@return the id: {@code bat-} and a time-ordered UUID} */
    public String id() {
        return id;
    }

    /** {@return the configuration} */
    public BatchConfig config() {
        return config;
    }

    /** {@return the id of the project that owns the batch} */
    public String projectId() {
        return projectId;
    }

    /** {@return the id of the source directory} */
    public String sourceDirectoryId() {
        return sourceDirectoryId;
    }

    /** {@return the status} */
    public BatchStatus status() {
        return status;
    }

    /** {@return the time when it was created} */
    public @Nullable Instant createdAt() {
        return createdAt;
    }

    /** {@return the time when it last changed; strictly later at each change} */
    public @Nullable Instant updatedAt() {
        return updatedAt;
    }

    /**
     * {@return the result mappings in listing order, or null: null unless asked for, while the batch is not terminal,
     * and for {@link BatchStatus#FAILED}}
     */
    public @Nullable List<BatchResult> results() {
        return results;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Batch that
                && id.equals(that.id)
                && config.equals(that.config)
                && projectId.equals(that.projectId)
                && sourceDirectoryId.equals(that.sourceDirectoryId)
                && status == that.status
                && Objects.equals(createdAt, that.createdAt)
                && Objects.equals(updatedAt, that.updatedAt)
                && Objects.equals(results, that.results);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, config, projectId, sourceDirectoryId, status, createdAt, updatedAt, results);
    }

    @Override
    public String toString() {
        return Text.format(
                "Batch[id=%s, config=%s, projectId=%s, sourceDirectoryId=%s, status=%s"
                        + ", createdAt=%s, updatedAt=%s, results=%s]",
                id, config, projectId, sourceDirectoryId, status, createdAt, updatedAt, results);
    }

    /** Makes a batch. Not safe for use by several threads. */
    public static final class Builder {
        private @Nullable String id;
        private @Nullable BatchConfig config;
        private @Nullable String projectId;
        private @Nullable String sourceDirectoryId;
        private @Nullable BatchStatus status;
        private @Nullable Instant createdAt;
        private @Nullable Instant updatedAt;
        private @Nullable List<BatchResult> results;

        private Builder() {}

        /**
         * Sets {@link Batch#id()}.
         *
         * @param id must be set
         * @return this builder
         */
        public Builder id(String id) {
            this.id = id;
            return this;
        }

        /**
         * Sets {@link Batch#config()}.
         *
         * @param config must be set
         * @return this builder
         */
        public Builder config(BatchConfig config) {
            this.config = config;
            return this;
        }

        /**
         * Sets {@link Batch#projectId()}.
         *
         * @param projectId must be set
         * @return this builder
         */
        public Builder projectId(String projectId) {
            this.projectId = projectId;
            return this;
        }

        /**
         * Sets {@link Batch#sourceDirectoryId()}.
         *
         * @param sourceDirectoryId must be set
         * @return this builder
         */
        public Builder sourceDirectoryId(String sourceDirectoryId) {
            this.sourceDirectoryId = sourceDirectoryId;
            return this;
        }

        /**
         * Sets {@link Batch#status()}.
         *
         * @param status must be set
         * @return this builder
         */
        public Builder status(BatchStatus status) {
            this.status = status;
            return this;
        }

        /**
         * Sets {@link Batch#createdAt()}.
         *
         * @param createdAt null if not set
         * @return this builder
         */
        public Builder createdAt(@Nullable Instant createdAt) {
            this.createdAt = createdAt;
            return this;
        }

        /**
         * Sets {@link Batch#updatedAt()}.
         *
         * @param updatedAt null if not set
         * @return this builder
         */
        public Builder updatedAt(@Nullable Instant updatedAt) {
            this.updatedAt = updatedAt;
            return this;
        }

        /**
         * Sets {@link Batch#results()}.
         *
         * @param results null if not set
         * @return this builder
         */
        public Builder results(@Nullable List<BatchResult> results) {
            this.results = results;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws NullPointerException if one that must be set is not
         */
        public Batch build() {
            return new Batch(this);
        }
    }
}
