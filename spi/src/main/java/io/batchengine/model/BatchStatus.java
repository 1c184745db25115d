package io.batchengine.model;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * The lifecycle of a batch. The legal moves, and what triggers each:
 *
 * <pre>{@code
 * PENDING   -> THROTTLED   a limit keeps its first job from starting
 *           -> RUNNING     an engine has taken it up
 *           -> FAILED      the orchestration failed before anything ran
 *           -> CANCELLED   cancelled before it was taken up
 * THROTTLED -> RUNNING     the limit admits it again
 *           -> FAILED, CANCELLED
 * RUNNING   -> THROTTLED   has work, nothing in flight, and a limit keeps its next job from starting
 *           -> COMPLETED   listing ended and every file is settled
 *           -> FAILED      the orchestration failed: listing beyond its retries, or the file limit
 *           -> CANCELLED   processing has stopped after a cancel request
 * }</pre>
 *
 * <p>These edges are the only ones. Every other pair, a status with itself among them, is refused everywhere.
 * The order of the constants is stable and may be stored. Closed: a change would be a new major version.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum BatchStatus {
    /** Durable, not yet taken up by an engine. */
    PENDING,
    /** Has work and nothing in flight; a limit, not a lack of files, keeps its next job from starting. */
    THROTTLED,
    /** Processing has started. Waiting for a retry or for the listing is running too. */
    RUNNING,
    /** Listing ended, every file has a result mapping, every created job has ended; single jobs may have failed. */
    COMPLETED,
    /** The orchestration failed; the reason is in the batch's progress. */
    FAILED,
    /** Processing has stopped after a cancel request; files that finished keep their results. */
    CANCELLED;

    private static final Set<BatchStatus> FROM_PENDING = EnumSet.of(THROTTLED, RUNNING, FAILED, CANCELLED);
    private static final Set<BatchStatus> FROM_THROTTLED = EnumSet.of(RUNNING, FAILED, CANCELLED);
    private static final Set<BatchStatus> FROM_RUNNING = EnumSet.of(THROTTLED, COMPLETED, FAILED, CANCELLED);

    /**
     * Tells whether a batch of this status may move to {@code next}.
     *
     * @param next the status to move to
     * @return true for a legal edge, false for every other pair
     */
    public boolean canMoveTo(BatchStatus next) {
        return switch (this) {
            case PENDING -> FROM_PENDING.contains(next);
            case THROTTLED -> FROM_THROTTLED.contains(next);
            case RUNNING -> FROM_RUNNING.contains(next);
            case COMPLETED, FAILED, CANCELLED -> false;
        };
    }

    /**
     * Tells whether this status is final.
     *
     * @return true for {@link #COMPLETED}, {@link #FAILED} and {@link #CANCELLED}
     */
    public boolean isTerminal() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }

    /**
     * The name of the event that tells of a move to this status, as in the original's webhook events.
     *
     * @return {@code batch.pending}, {@code batch.throttled}, {@code batch.running}, {@code batch.success},
     *     {@code batch.error} or {@code batch.cancelled}
     */
    public String eventType() {
        return switch (this) {
            case COMPLETED -> "batch.success";
            case FAILED -> "batch.error";
            default -> "batch." + name().toLowerCase(Locale.ROOT);
        };
    }
}
