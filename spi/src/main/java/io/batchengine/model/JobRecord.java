package io.batchengine.model;

import java.time.Instant;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one job.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class JobRecord {
    private final String id;
    private final JobType type;
    private final JobStatus status;
    private final @Nullable String errorMessage;
    private final String batchId;
    private final String fileId;
    private final int attempts;
    private final @Nullable Instant startedAt;
    private final @Nullable Instant finishedAt;

    private JobRecord(Builder builder) {
        id = Objects.requireNonNull(builder.id, "id is not set");
        type = Objects.requireNonNull(builder.type, "type is not set");
        status = Objects.requireNonNull(builder.status, "status is not set");
        errorMessage = builder.errorMessage;
        batchId = Objects.requireNonNull(builder.batchId, "batchId is not set");
        fileId = Objects.requireNonNull(builder.fileId, "fileId is not set");
        attempts = builder.attempts;
        startedAt = builder.startedAt;
        finishedAt = builder.finishedAt;
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
                .type(type)
                .status(status)
                .errorMessage(errorMessage)
                .batchId(batchId)
                .fileId(fileId)
                .attempts(attempts)
                .startedAt(startedAt)
                .finishedAt(finishedAt);
    }

    /** {@return the job's id} */
    public String id() {
        return id;
    }

    /** {@return the job's type} */
    public JobType type() {
        return type;
    }

    /** {@return its status} */
    public JobStatus status() {
        return status;
    }

    /** {@return the reason why it failed, or null} */
    public @Nullable String errorMessage() {
        return errorMessage;
    }

    /** {@return the id of the batch that it belongs to} */
    public String batchId() {
        return batchId;
    }

    /** {@return the id of the file that it runs for} */
    public String fileId() {
        return fileId;
    }

    /** {@return how often its body was started; 0 before its first start} */
    public int attempts() {
        return attempts;
    }

    /**
     * {@return the time when its last attempt started, or null before that} For jobs of under a millisecond it is a close
     * estimate: the engine does not read the clock for each of them.
     */
    public @Nullable Instant startedAt() {
        return startedAt;
    }

    /** {@return the time when it ended, or null while it has not} */
    public @Nullable Instant finishedAt() {
        return finishedAt;
    }

    /**
     * The reference to this job.
     *
     * @return id and type
     */
    public JobReference reference() {
        return new JobReference(id, type);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JobRecord that
                && id.equals(that.id)
                && type.equals(that.type)
                && status == that.status
                && Objects.equals(errorMessage, that.errorMessage)
                && batchId.equals(that.batchId)
                && fileId.equals(that.fileId)
                && attempts == that.attempts
                && Objects.equals(startedAt, that.startedAt)
                && Objects.equals(finishedAt, that.finishedAt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, type, status, errorMessage, batchId, fileId, attempts, startedAt, finishedAt);
    }

    @Override
    public String toString() {
        return Text.format(
                "JobRecord[id=%s, type=%s, status=%s, errorMessage=%s, batchId=%s, fileId=%s"
                        + ", attempts=%s, startedAt=%s, finishedAt=%s]",
                id, type, status, errorMessage, batchId, fileId, attempts, startedAt, finishedAt);
    }

    /** Makes the record of a job. Not safe for use by several threads. */
    public static final class Builder {
        private @Nullable String id;
        private @Nullable JobType type;
        private @Nullable JobStatus status;
        private @Nullable String errorMessage;
        private @Nullable String batchId;
        private @Nullable String fileId;
        private int attempts;
        private @Nullable Instant startedAt;
        private @Nullable Instant finishedAt;

        private Builder() {}

        /**
         * Sets {@link JobRecord#id()}.
         *
         * @param id must be set
         * @return this builder
         */
        public Builder id(String id) {
            this.id = id;
            return this;
        }

        /**
         * Sets {@link JobRecord#type()}.
         *
         * @param type must be set
         * @return this builder
         */
        public Builder type(JobType type) {
            this.type = type;
            return this;
        }

        /**
         * Sets {@link JobRecord#status()}.
         *
         * @param status must be set
         * @return this builder
         */
        public Builder status(JobStatus status) {
            this.status = status;
            return this;
        }

        /**
         * Sets {@link JobRecord#errorMessage()}.
         *
         * @param errorMessage null if not set
         * @return this builder
         */
        public Builder errorMessage(@Nullable String errorMessage) {
            this.errorMessage = errorMessage;
            return this;
        }

        /**
         * Sets {@link JobRecord#batchId()}.
         *
         * @param batchId must be set
         * @return this builder
         */
        public Builder batchId(String batchId) {
            this.batchId = batchId;
            return this;
        }

        /**
         * Sets {@link JobRecord#fileId()}.
         *
         * @param fileId must be set
         * @return this builder
         */
        public Builder fileId(String fileId) {
            this.fileId = fileId;
            return this;
        }

        /**
         * Sets {@link JobRecord#attempts()}.
         *
         * @param attempts 0 if not set
         * @return this builder
         */
        public Builder attempts(int attempts) {
            this.attempts = attempts;
            return this;
        }

        /**
         * Sets {@link JobRecord#startedAt()}.
         *
         * @param startedAt null if not set
         * @return this builder
         */
        public Builder startedAt(@Nullable Instant startedAt) {
            this.startedAt = startedAt;
            return this;
        }

        /**
         * Sets {@link JobRecord#finishedAt()}.
         *
         * @param finishedAt null if not set
         * @return this builder
         */
        public Builder finishedAt(@Nullable Instant finishedAt) {
            this.finishedAt = finishedAt;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws NullPointerException if one that must be set is not
         */
        public JobRecord build() {
            return new JobRecord(this);
        }
    }
}
