package io.batchengine.model;

import java.time.Instant;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Why a batch is throttled, waits for its store, or failed.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class StatusReason {
    /** The kinds of reasons. New values may be added: have a default branch. */
    public enum Code {
        /** The engine has as many jobs in flight as it may. */
        ENGINE_IN_FLIGHT_LIMIT,
        /** The project has as many jobs in flight as it may. */
        PROJECT_IN_FLIGHT_LIMIT,
        /** The job type has as many jobs in flight as it may. */
        JOB_TYPE_IN_FLIGHT_LIMIT,
        /** The batch has as many jobs in flight as it may. */
        BATCH_IN_FLIGHT_LIMIT,
        /** The project has started as many jobs as it may in this time. */
        PROJECT_RATE_LIMIT,
        /** Of the job type as many jobs were started as may be in this time. */
        JOB_TYPE_RATE_LIMIT,
        /** The engine works on as many batches as it may: this one is not taken up yet. */
        ENGINE_ACTIVE_BATCHES_LIMIT,
        /** The engine works on as many batches of the project as it may: this one is not taken up yet. */
        PROJECT_ACTIVE_BATCHES_LIMIT,
        /** The job factory, or a job, said "not now". */
        BACK_PRESSURE,
        /** A file that may have killed its engine runs, with nothing else beside it. */
        RUNS_ALONE,
        /** The store does not do its work for now: the batch waits for it, and loses nothing. Told in progress alone, never stored. */
        STORE_UNAVAILABLE,
        /**
         * Rows of the batch are damaged in the store. Nobody works on it any more: cancel it, or delete it once it is cancelled. What is
         * readable of its results stays so.
         */
        STORE_CORRUPT,
        /** The source directory could not be listed, retries included. */
        LISTING_FAILED,
        /** The source directory has more files than the batch may have. */
        TOO_MANY_FILES,
        /** The store can't keep the id of a file, or the end of one, in whatever form. */
        CONTENT_REFUSED,
        /** More files have failed than the batch tolerates: see {@link BatchOptions#tolerance}. */
        TOO_MANY_FAILURES
    }

    private final Code code;
    private final String message;
    private final Instant since;
    private final @Nullable Instant until;

    private StatusReason(Code code, String message, Instant since, @Nullable Instant until) {
        this.code = code;
        this.message = message;
        this.since = since;
        this.until = until;
    }

    /**
     * Creates a reason that tells no time by which it ends.
     *
     * @param code the kind of the reason
     * @param message for people; names the limit and its value
     * @param since since when
     * @return the reason
     */
    public static StatusReason of(Code code, String message, Instant since) {
        return new StatusReason(code, message, since, null);
    }

    /** {@return the kind of the reason, for code that decides by it} */
    public Code code() {
        return code;
    }

    /** {@return the reason in words for people; names the limit and its value} */
    public String message() {
        return message;
    }

    /** {@return the time since when it holds} */
    public Instant since() {
        return since;
    }

    /** {@return the time when the batch may move on by itself, as far as that is known, or null} */
    public @Nullable Instant until() {
        return until;
    }

    /**
     * This reason in other words.
     *
     * @param text for people
     * @return the changed copy
     */
    public StatusReason withMessage(String text) {
        return new StatusReason(code, text, since, until);
    }

    /**
     * This reason with the time by which it ends.
     *
     * @param end when the batch may move on by itself, or null if that is not known
     * @return the changed copy
     */
    public StatusReason withUntil(@Nullable Instant end) {
        return new StatusReason(code, message, since, end);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StatusReason that
                && code == that.code
                && message.equals(that.message)
                && since.equals(that.since)
                && Objects.equals(until, that.until);
    }

    @Override
    public int hashCode() {
        return Objects.hash(code, message, since, until);
    }

    @Override
    public String toString() {
        return Text.format("StatusReason[code=%s, message=%s, since=%s, until=%s]", code, message, since, until);
    }
}
