package io.batchengine.model;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a batch is: what users need and the wire model lacks. The counts are durable ones, as of the batch's last write; the
 * rest is known to the engine that runs the batch, and empty when another engine is asked.
 *
 * @param batchId the batch
 * @param status its status
 * @param counts its counters
 * @param inFlight jobs that have started and not ended
 * @param listingEnded whether all files are listed, so that {@code counts.listed()} is final
 * @param cancelRequested whether a cancel request stands
 * @param reason why it is throttled, waits for its store, or failed; or null
 * @param filesPerSecond files settled per second over the last minute of work or the last few writes; a standstill, such as an outage or a
 *     pause, counts for ten seconds at the most. Of an ended batch the average; 0 before the first file
 * @param timeLeft how long the rest will take with one more attempt for each file, at the recent pace of attempts, and at least until the
 *     last retry that waits is due, as far as the engine knows of it; null while listing goes on or before the first attempt has ended
 * @param startedAt when processing started, or null
 * @param finishedAt when it became terminal, or null
 * @param requestedBy who asked for it, as given at creation, or null
 * @param retryOf the batch whose failed files it runs again, or null
 */
public record BatchProgress(
        String batchId,
        BatchStatus status,
        FileCounts counts,
        long inFlight,
        boolean listingEnded,
        boolean cancelRequested,
        @Nullable StatusReason reason,
        double filesPerSecond,
        @Nullable Duration timeLeft,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String requestedBy,
        @Nullable String retryOf) {}
