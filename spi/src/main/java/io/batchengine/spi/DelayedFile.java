package io.batchengine.spi;

import io.batchengine.model.Text;
import java.time.Instant;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What a store records of a file that is not settled, where there is something to tell: a waiting retry, so that its attempts survive a
 * restart, or the start of a file that may have killed its process. The record ends when the file is settled.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class DelayedFile {
    /** How a file was started that may have killed its process. An engine writes the mark before the start. Closed. */
    public enum StartMark {
        /** It was not, or it has ended since. */
        NONE,
        /** Together with others: if the engine is lost, it may have been any of them. */
        TOGETHER,
        /** With nothing else in flight in its engine: if the engine is lost, it was this one. */
        ALONE
    }

    private final long ordinal;
    private final int attempts;
    private final boolean mapped;
    private final @Nullable Instant notBefore;
    private final int crashes;
    private final StartMark mark;

    private DelayedFile(
            long ordinal, int attempts, boolean mapped, @Nullable Instant notBefore, int crashes, StartMark mark) {
        this.ordinal = ordinal;
        this.attempts = attempts;
        this.mapped = mapped;
        this.notBefore = notBefore;
        this.crashes = crashes;
        this.mark = mark;
    }

    /**
     * Creates a record of all its parts, without a builder: an engine and a store make many of them. Use
     * {@link #builder} elsewhere.
     *
     * @param ordinal the file's place in the listing
     * @param attempts how often it was tried and failed so far; an attempt counts where no job could be
     *     created, too
     * @param mapped whether a job was created for it in any of these attempts; without one its end is a
     *     mapping error
     * @param notBefore when the next attempt is due, or null if none waits; a store keeps whole microseconds
     * @param crashes how often its engine was lost while it ran alone
     * @param mark how it was started under suspicion
     * @return the record
     */
    public static DelayedFile of(
            long ordinal, int attempts, boolean mapped, @Nullable Instant notBefore, int crashes, StartMark mark) {
        return new DelayedFile(ordinal, attempts, mapped, notBefore, crashes, mark);
    }

    /** {@return a builder with nothing set} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with the values of this one set} */
    public Builder toBuilder() {
        return new Builder()
                .ordinal(ordinal)
                .attempts(attempts)
                .mapped(mapped)
                .notBefore(notBefore)
                .crashes(crashes)
                .mark(mark);
    }

    /**
     * Creates the record of a file that waits for its next attempt.
     *
     * @param ordinal the file's place in the listing
     * @param attempts how often it was tried so far
     * @param mapped whether a job was created for it in any of these attempts
     * @param notBefore when the next attempt is due
     * @return the record, without suspicion
     */
    public static DelayedFile waiting(long ordinal, int attempts, boolean mapped, Instant notBefore) {
        return new DelayedFile(ordinal, attempts, mapped, notBefore, 0, StartMark.NONE);
    }

    /** {@return the file's place in the listing} */
    public long ordinal() {
        return ordinal;
    }

    /** {@return how often it was tried and failed so far; an attempt counts where no job could be created, too} */
    public int attempts() {
        return attempts;
    }

    /** {@return whether a job was created for it in any of these attempts; without one its end is a mapping error} */
    public boolean mapped() {
        return mapped;
    }

    /** {@return when the next attempt is due, or null if none waits; a store keeps whole microseconds} */
    public @Nullable Instant notBefore() {
        return notBefore;
    }

    /** {@return how often its engine was lost while it ran alone} */
    public int crashes() {
        return crashes;
    }

    /** {@return how it was started under suspicion} */
    public StartMark mark() {
        return mark;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DelayedFile that
                && ordinal == that.ordinal
                && attempts == that.attempts
                && mapped == that.mapped
                && Objects.equals(notBefore, that.notBefore)
                && crashes == that.crashes
                && mark == that.mark;
    }

    @Override
    public int hashCode() {
        return Objects.hash(ordinal, attempts, mapped, notBefore, crashes, mark);
    }

    @Override
    public String toString() {
        return Text.format(
                "DelayedFile[ordinal=%s, attempts=%s, mapped=%s, notBefore=%s, crashes=%s, mark=%s]",
                ordinal, attempts, mapped, notBefore, crashes, mark);
    }

    /** Makes what is recorded of a file. Not safe for use by several threads. */
    public static final class Builder {
        private long ordinal;
        private int attempts;
        private boolean mapped;
        private @Nullable Instant notBefore;
        private int crashes;
        private StartMark mark = StartMark.NONE;

        private Builder() {}

        /**
         * {@return this builder, with {@link DelayedFile#ordinal()} set}
         *
         * @param ordinal 0 if not set
         */
        public Builder ordinal(long ordinal) {
            this.ordinal = ordinal;
            return this;
        }

        /**
         * {@return this builder, with {@link DelayedFile#attempts()} set}
         *
         * @param attempts 0 if not set
         */
        public Builder attempts(int attempts) {
            this.attempts = attempts;
            return this;
        }

        /**
         * {@return this builder, with {@link DelayedFile#mapped()} set}
         *
         * @param mapped false if not set
         */
        public Builder mapped(boolean mapped) {
            this.mapped = mapped;
            return this;
        }

        /**
         * {@return this builder, with {@link DelayedFile#notBefore()} set}
         *
         * @param notBefore null if not set
         */
        public Builder notBefore(@Nullable Instant notBefore) {
            this.notBefore = notBefore;
            return this;
        }

        /**
         * {@return this builder, with {@link DelayedFile#crashes()} set}
         *
         * @param crashes 0 if not set
         */
        public Builder crashes(int crashes) {
            this.crashes = crashes;
            return this;
        }

        /**
         * {@return this builder, with {@link DelayedFile#mark()} set}
         *
         * @param mark {@link StartMark#NONE} if not set
         */
        public Builder mark(StartMark mark) {
            this.mark = mark;
            return this;
        }

        /** {@return the value} */
        public DelayedFile build() {
            return new DelayedFile(ordinal, attempts, mapped, notBefore, crashes, mark);
        }
    }
}
