package io.batchengine.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of a file that is not settled, where there is something to tell: a waiting retry, so that its attempts survive a
 * restart, or the start of a file that may have killed its process. The record ends when the file is settled.
 *
 * @param ordinal the file's place in the listing
 * @param attempts how often it was tried and failed so far; an attempt counts where no job could be created, too
 * @param mapped whether a job was created for it in any of these attempts; without one its end is a mapping error
 * @param notBefore when the next attempt is due, or null where none waits; a store keeps whole microseconds
 * @param crashes how often its engine was lost while it ran alone
 * @param mark whether it was started under suspicion
 */
public record DelayedFile(
        long ordinal,
        int attempts,
        boolean mapped,
        @Nullable Instant notBefore,
        int crashes,
        StartMark mark) {
    /** How a file was started that may have killed its process. An engine writes the mark before the start. */
    public enum StartMark {
        /** It was not, or it has ended since. */
        NONE,
        /** Together with others: if the engine is lost, it may have been any of them. */
        TOGETHER,
        /** With nothing else in flight in its engine: if the engine is lost, it was this one. */
        ALONE
    }

    /**
     * A file that waits for its next attempt.
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
}
