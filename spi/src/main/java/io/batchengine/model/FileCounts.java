package io.batchengine.model;

import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The counters of a batch. They sum: {@code listed} is what is settled and what is not yet; duplicates stand apart.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class FileCounts {
    /** Nothing listed yet. */
    public static final FileCounts ZERO = new FileCounts(0, 0, 0, 0, 0, 0);

    private final long listed;
    private final long duplicates;
    private final long mappingErrors;
    private final long succeeded;
    private final long failed;
    private final long cancelled;

    private FileCounts(long listed, long duplicates, long mappingErrors, long succeeded, long failed, long cancelled) {
        this.listed = listed;
        this.duplicates = duplicates;
        this.mappingErrors = mappingErrors;
        this.succeeded = succeeded;
        this.failed = failed;
        this.cancelled = cancelled;
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
                .listed(listed)
                .duplicates(duplicates)
                .mappingErrors(mappingErrors)
                .succeeded(succeeded)
                .failed(failed)
                .cancelled(cancelled);
    }

    /** {@return how many files have a place in the batch} */
    public long listed() {
        return listed;
    }

    /** {@return how many ids the source directory listed again; they have no place of their own} */
    public long duplicates() {
        return duplicates;
    }

    /** {@return how many files are settled for which no job could be created} */
    public long mappingErrors() {
        return mappingErrors;
    }

    /** {@return how many files are settled whose job succeeded} */
    public long succeeded() {
        return succeeded;
    }

    /** {@return how many files are settled whose job failed} */
    public long failed() {
        return failed;
    }

    /** {@return how many files are settled whose job was stopped by a cancellation} */
    public long cancelled() {
        return cancelled;
    }

    /**
     * Files whose result and job outcome are recorded.
     *
     * @return {@code mappingErrors + succeeded + failed + cancelled}
     */
    public long settled() {
        return mappingErrors + mapped();
    }

    /**
     * Settled files for which a job was created.
     *
     * @return {@code succeeded + failed + cancelled}
     */
    public long mapped() {
        return succeeded + failed + cancelled;
    }

    /**
     * Settled files that have failed: no job could be created, or the job failed.
     *
     * @return {@code mappingErrors + failed}
     */
    public long failedFiles() {
        return mappingErrors + failed;
    }

    /**
     * Both counts added, field by field.
     *
     * @param more what to add
     * @return the sum
     */
    public FileCounts plus(FileCounts more) {
        return new FileCounts(
                listed + more.listed,
                duplicates + more.duplicates,
                mappingErrors + more.mappingErrors,
                succeeded + more.succeeded,
                failed + more.failed,
                cancelled + more.cancelled);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FileCounts that
                && listed == that.listed
                && duplicates == that.duplicates
                && mappingErrors == that.mappingErrors
                && succeeded == that.succeeded
                && failed == that.failed
                && cancelled == that.cancelled;
    }

    @Override
    public int hashCode() {
        return Objects.hash(listed, duplicates, mappingErrors, succeeded, failed, cancelled);
    }

    @Override
    public String toString() {
        return Text.format(
                "FileCounts[listed=%s, duplicates=%s, mappingErrors=%s, succeeded=%s, failed=%s, cancelled=%s]",
                listed, duplicates, mappingErrors, succeeded, failed, cancelled);
    }

    /** Makes the counters of a batch. Not safe for use by several threads. */
    public static final class Builder {
        private long listed;
        private long duplicates;
        private long mappingErrors;
        private long succeeded;
        private long failed;
        private long cancelled;

        private Builder() {}

        /**
         * Sets {@link FileCounts#listed()}.
         *
         * @param listed 0 if not set
         * @return this builder
         */
        public Builder listed(long listed) {
            this.listed = listed;
            return this;
        }

        /**
         * Sets {@link FileCounts#duplicates()}.
         *
         * @param duplicates 0 if not set
         * @return this builder
         */
        public Builder duplicates(long duplicates) {
            this.duplicates = duplicates;
            return this;
        }

        /**
         * Sets {@link FileCounts#mappingErrors()}.
         *
         * @param mappingErrors 0 if not set
         * @return this builder
         */
        public Builder mappingErrors(long mappingErrors) {
            this.mappingErrors = mappingErrors;
            return this;
        }

        /**
         * Sets {@link FileCounts#succeeded()}.
         *
         * @param succeeded 0 if not set
         * @return this builder
         */
        public Builder succeeded(long succeeded) {
            this.succeeded = succeeded;
            return this;
        }

        /**
         * Sets {@link FileCounts#failed()}.
         *
         * @param failed 0 if not set
         * @return this builder
         */
        public Builder failed(long failed) {
            this.failed = failed;
            return this;
        }

        /**
         * Sets {@link FileCounts#cancelled()}.
         *
         * @param cancelled 0 if not set
         * @return this builder
         */
        public Builder cancelled(long cancelled) {
            this.cancelled = cancelled;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         */
        public FileCounts build() {
            return new FileCounts(listed, duplicates, mappingErrors, succeeded, failed, cancelled);
        }
    }
}
