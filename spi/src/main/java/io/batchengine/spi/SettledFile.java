package io.batchengine.spi;

import io.batchengine.model.Text;
import java.time.Instant;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The recorded end of one file: its result mapping and its job's outcome.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class SettledFile {
    private final long ordinal;
    private final FileOutcome outcome;
    private final int attempts;
    private final Instant finishedAt;
    private final int durationMillis;
    private final @Nullable String jobId;
    private final @Nullable String message;

    private SettledFile(
            long ordinal,
            FileOutcome outcome,
            int attempts,
            Instant finishedAt,
            int durationMillis,
            @Nullable String jobId,
            @Nullable String message) {
        this.ordinal = ordinal;
        this.outcome = outcome;
        this.attempts = attempts;
        this.finishedAt = finishedAt;
        this.durationMillis = durationMillis;
        this.jobId = jobId;
        this.message = message;
    }

    /**
     * Creates an end of all its parts, without a builder: an engine and a store make one for each file. Use
     * {@link #builder} elsewhere.
     *
     * @param ordinal the file's place in the listing
     * @param outcome how it ended
     * @param attempts how often its job was started
     * @param finishedAt when it ended; a store keeps whole microseconds
     * @param durationMillis how long its last attempt took, in milliseconds
     * @param jobId the job's id if the factory gave one of its own, or null: then it follows from batch and
     *     ordinal, or there is none
     * @param message why it failed, or null
     * @return the end
     */
    public static SettledFile of(
            long ordinal,
            FileOutcome outcome,
            int attempts,
            Instant finishedAt,
            int durationMillis,
            @Nullable String jobId,
            @Nullable String message) {
        return new SettledFile(ordinal, outcome, attempts, finishedAt, durationMillis, jobId, message);
    }

    /** {@return a builder with nothing set} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with the values of this one set} */
    public Builder toBuilder() {
        return new Builder()
                .ordinal(ordinal)
                .outcome(outcome)
                .attempts(attempts)
                .finishedAt(finishedAt)
                .durationMillis(durationMillis)
                .jobId(jobId)
                .message(message);
    }

    /** {@return the file's place in the listing} */
    public long ordinal() {
        return ordinal;
    }

    /** {@return how it ended} */
    public FileOutcome outcome() {
        return outcome;
    }

    /** {@return how often its job was started} */
    public int attempts() {
        return attempts;
    }

    /** {@return when it ended; a store keeps whole microseconds} */
    public Instant finishedAt() {
        return finishedAt;
    }

    /** {@return how long its last attempt took, in milliseconds} */
    public int durationMillis() {
        return durationMillis;
    }

    /**
     * {@return the job's id if the factory gave one of its own, or null: then it follows from batch and
     * ordinal, or there is none}
     */
    public @Nullable String jobId() {
        return jobId;
    }

    /** {@return why it failed, or null} */
    public @Nullable String message() {
        return message;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SettledFile that
                && ordinal == that.ordinal
                && outcome == that.outcome
                && attempts == that.attempts
                && finishedAt.equals(that.finishedAt)
                && durationMillis == that.durationMillis
                && Objects.equals(jobId, that.jobId)
                && Objects.equals(message, that.message);
    }

    @Override
    public int hashCode() {
        return Objects.hash(ordinal, outcome, attempts, finishedAt, durationMillis, jobId, message);
    }

    @Override
    public String toString() {
        return Text.format(
                "SettledFile[ordinal=%s, outcome=%s, attempts=%s, finishedAt=%s, durationMillis=%s"
                        + ", jobId=%s, message=%s]",
                ordinal, outcome, attempts, finishedAt, durationMillis, jobId, message);
    }

    /** Makes the end of a file. Not safe for use by several threads. */
    public static final class Builder {
        private long ordinal;
        private @Nullable FileOutcome outcome;
        private int attempts;
        private @Nullable Instant finishedAt;
        private int durationMillis;
        private @Nullable String jobId;
        private @Nullable String message;

        private Builder() {}

        /**
         * {@return this builder, with {@link SettledFile#ordinal()} set}
         *
         * @param ordinal 0 if not set
         */
        public Builder ordinal(long ordinal) {
            this.ordinal = ordinal;
            return this;
        }

        /**
         * {@return this builder, with {@link SettledFile#outcome()} set}
         *
         * @param outcome must be set
         */
        public Builder outcome(FileOutcome outcome) {
            this.outcome = outcome;
            return this;
        }

        /**
         * {@return this builder, with {@link SettledFile#attempts()} set}
         *
         * @param attempts 0 if not set
         */
        public Builder attempts(int attempts) {
            this.attempts = attempts;
            return this;
        }

        /**
         * {@return this builder, with {@link SettledFile#finishedAt()} set}
         *
         * @param finishedAt must be set
         */
        public Builder finishedAt(Instant finishedAt) {
            this.finishedAt = finishedAt;
            return this;
        }

        /**
         * {@return this builder, with {@link SettledFile#durationMillis()} set}
         *
         * @param durationMillis 0 if not set
         */
        public Builder durationMillis(int durationMillis) {
            this.durationMillis = durationMillis;
            return this;
        }

        /**
         * {@return this builder, with {@link SettledFile#jobId()} set}
         *
         * @param jobId null if not set
         */
        public Builder jobId(@Nullable String jobId) {
            this.jobId = jobId;
            return this;
        }

        /**
         * {@return this builder, with {@link SettledFile#message()} set}
         *
         * @param message null if not set
         */
        public Builder message(@Nullable String message) {
            this.message = message;
            return this;
        }

        /**
         * {@return the value}
         *
         * @throws NullPointerException if one that must be set is not
         */
        public SettledFile build() {
            return new SettledFile(
                    ordinal,
                    Objects.requireNonNull(outcome, "outcome is not set"),
                    attempts,
                    Objects.requireNonNull(finishedAt, "finishedAt is not set"),
                    durationMillis,
                    jobId,
                    message);
        }
    }
}
