package io.batchengine.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The recorded end of one file: its result mapping and its job's outcome.
 *
 * @param ordinal the file's place in the listing
 * @param outcome how it ended
 * @param attempts how often its job was started
 * @param finishedAt when it ended; a store keeps whole microseconds
 * @param durationMillis how long its last attempt took, in milliseconds
 * @param jobId the job's id where the factory gave one of its own, or null: then it follows from batch and ordinal, or there is none
 * @param message why it failed, or null
 */
public record SettledFile(
        long ordinal,
        FileOutcome outcome,
        int attempts,
        Instant finishedAt,
        int durationMillis,
        @Nullable String jobId,
        @Nullable String message) {}
