package io.batchengine.spi.store;

import io.batchengine.model.BatchConfig;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import io.batchengine.spi.ConfigurationSnapshot;
import java.time.Instant;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What a batch is created with; it never changes.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class BatchRecord {
    private final String id;
    private final Scope scope;
    private final String sourceDirectoryId;
    private final BatchConfig config;
    private final ConfigurationSnapshot configuration;
    private final String jobIdPrefix;
    private final BatchOptions options;
    private final @Nullable String idempotencyKey;
    private final String fingerprint;
    private final @Nullable String requestedBy;
    private final @Nullable String retryOf;
    private final Instant createdAt;

    private BatchRecord(Builder builder) {
        id = Objects.requireNonNull(builder.id, "id is not set");
        scope = Objects.requireNonNull(builder.scope, "scope is not set");
        sourceDirectoryId = Objects.requireNonNull(builder.sourceDirectoryId, "sourceDirectoryId is not set");
        config = Objects.requireNonNull(builder.config, "config is not set");
        configuration = builder.configuration;
        jobIdPrefix = Objects.requireNonNull(builder.jobIdPrefix, "jobIdPrefix is not set");
        options = builder.options;
        idempotencyKey = builder.idempotencyKey;
        fingerprint = Objects.requireNonNull(builder.fingerprint, "fingerprint is not set");
        requestedBy = builder.requestedBy;
        retryOf = builder.retryOf;
        createdAt = Objects.requireNonNull(builder.createdAt, "createdAt is not set");
    }

    /** {@return a builder with nothing set} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with the values of this one set} */
    public Builder toBuilder() {
        return new Builder()
                .id(id)
                .scope(scope)
                .sourceDirectoryId(sourceDirectoryId)
                .config(config)
                .configuration(configuration)
                .jobIdPrefix(jobIdPrefix)
                .options(options)
                .idempotencyKey(idempotencyKey)
                .fingerprint(fingerprint)
                .requestedBy(requestedBy)
                .retryOf(retryOf)
                .createdAt(createdAt);
    }

    /** {@return the batch's id} */
    public String id() {
        return id;
    }

    /** {@return the scope on whose behalf it runs} */
    public Scope scope() {
        return scope;
    }

    /** {@return the id of the source directory} */
    public String sourceDirectoryId() {
        return sourceDirectoryId;
    }

    /** {@return the configuration, by id} */
    public BatchConfig config() {
        return config;
    }

    /** {@return the snapshot of its parameters} */
    public ConfigurationSnapshot configuration() {
        return configuration;
    }

    /** {@return the prefix of the ids of its jobs, as their factory declared it} */
    public String jobIdPrefix() {
        return jobIdPrefix;
    }

    /** {@return retry, timeout, file limit and the other options} */
    public BatchOptions options() {
        return options;
    }

    /** {@return the caller's key, unique within its project, or null} */
    public @Nullable String idempotencyKey() {
        return idempotencyKey;
    }

    /**
     * {@return a digest of the caller's request, to tell the same request sent twice from another one of the
     * same key}
     */
    public String fingerprint() {
        return fingerprint;
    }

    /** {@return who asked for it, for audit, or null} */
    public @Nullable String requestedBy() {
        return requestedBy;
    }

    /** {@return the id of the batch whose failed files are run again, or null} */
    public @Nullable String retryOf() {
        return retryOf;
    }

    /** {@return the time of creation, in whole microseconds} */
    public Instant createdAt() {
        return createdAt;
    }

    /**
     * The place of this batch among those of its project that wait to be claimed: the earliest goes first, ties by id. It is the time of
     * creation less {@link BatchOptions#PRIORITY_HEAD_START} for each step of priority. It never changes, so a store can index it; and as time
     * goes on, whatever is created comes behind a batch that waits.
     *
     * @return when, in whole microseconds
     */
    public Instant claimOrder() {
        return createdAt.minus(BatchOptions.PRIORITY_HEAD_START.multipliedBy(options.priority()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BatchRecord that
                && id.equals(that.id)
                && scope.equals(that.scope)
                && sourceDirectoryId.equals(that.sourceDirectoryId)
                && config.equals(that.config)
                && configuration.equals(that.configuration)
                && jobIdPrefix.equals(that.jobIdPrefix)
                && options.equals(that.options)
                && Objects.equals(idempotencyKey, that.idempotencyKey)
                && fingerprint.equals(that.fingerprint)
                && Objects.equals(requestedBy, that.requestedBy)
                && Objects.equals(retryOf, that.retryOf)
                && createdAt.equals(that.createdAt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                id,
                scope,
                sourceDirectoryId,
                config,
                configuration,
                jobIdPrefix,
                options,
                idempotencyKey,
                fingerprint,
                requestedBy,
                retryOf,
                createdAt);
    }

    @Override
    public String toString() {
        return Text.format(
                "BatchRecord[id=%s, scope=%s, sourceDirectoryId=%s, config=%s, configuration=%s"
                        + ", jobIdPrefix=%s, options=%s, idempotencyKey=%s, fingerprint=%s, requestedBy=%s"
                        + ", retryOf=%s, createdAt=%s]",
                id,
                scope,
                sourceDirectoryId,
                config,
                configuration,
                jobIdPrefix,
                options,
                idempotencyKey,
                fingerprint,
                requestedBy,
                retryOf,
                createdAt);
    }

    /** Makes what a batch is created with. Not safe for use by several threads. */
    public static final class Builder {
        private @Nullable String id;
        private @Nullable Scope scope;
        private @Nullable String sourceDirectoryId;
        private @Nullable BatchConfig config;
        private ConfigurationSnapshot configuration = ConfigurationSnapshot.EMPTY;
        private @Nullable String jobIdPrefix;
        private BatchOptions options = BatchOptions.DEFAULT;
        private @Nullable String idempotencyKey;
        private @Nullable String fingerprint;
        private @Nullable String requestedBy;
        private @Nullable String retryOf;
        private @Nullable Instant createdAt;

        private Builder() {}

        /**
         * {@return this builder, with {@link BatchRecord#id()} set}
         *
         * @param id must be set
         */
        public Builder id(String id) {
            this.id = id;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchRecord#scope()} set}
         *
         * @param scope must be set
         */
        public Builder scope(Scope scope) {
            this.scope = scope;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchRecord#sourceDirectoryId()} set}
         *
         * @param sourceDirectoryId must be set
         */
        public Builder sourceDirectoryId(String sourceDirectoryId) {
            this.sourceDirectoryId = sourceDirectoryId;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchRecord#config()} set}
         *
         * @param config must be set
         */
        public Builder config(BatchConfig config) {
            this.config = config;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchRecord#configuration()} set}
         *
         * @param configuration {@link ConfigurationSnapshot#EMPTY} if not set
         */
        public Builder configuration(ConfigurationSnapshot configuration) {
            this.configuration = configuration;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchRecord#jobIdPrefix()} set}
         *
         * @param jobIdPrefix must be set
         */
        public Builder jobIdPrefix(String jobIdPrefix) {
            this.jobIdPrefix = jobIdPrefix;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchRecord#options()} set}
         *
         * @param options {@link BatchOptions#DEFAULT} if not set
         */
        public Builder options(BatchOptions options) {
            this.options = options;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchRecord#idempotencyKey()} set}
         *
         * @param idempotencyKey null if not set
         */
        public Builder idempotencyKey(@Nullable String idempotencyKey) {
            this.idempotencyKey = idempotencyKey;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchRecord#fingerprint()} set}
         *
         * @param fingerprint must be set
         */
        public Builder fingerprint(String fingerprint) {
            this.fingerprint = fingerprint;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchRecord#requestedBy()} set}
         *
         * @param requestedBy null if not set
         */
        public Builder requestedBy(@Nullable String requestedBy) {
            this.requestedBy = requestedBy;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchRecord#retryOf()} set}
         *
         * @param retryOf null if not set
         */
        public Builder retryOf(@Nullable String retryOf) {
            this.retryOf = retryOf;
            return this;
        }

        /**
         * {@return this builder, with {@link BatchRecord#createdAt()} set}
         *
         * @param createdAt must be set
         */
        public Builder createdAt(Instant createdAt) {
            this.createdAt = createdAt;
            return this;
        }

        /**
         * {@return the value}
         *
         * @throws NullPointerException if one that must be set is not
         */
        public BatchRecord build() {
            return new BatchRecord(this);
        }
    }
}
