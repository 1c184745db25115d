package io.batchengine.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a batch is throttled, waits for its store, or failed.
 *
 * @param code for code that decides by it
 * @param message for people; names the limit and its value
 * @param since since when
 * @param until when it may go on by itself, as far as that is known, or null
 */
public record StatusReason(
        Code code, String message, Instant since, @Nullable Instant until) {
    /** The kinds of reasons. New ones may be added. */
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

    /**
     * A reason that tells no time by which it ends.
     *
     * @param code for code that decides by it
     * @param message for people
     * @param since since when
     */
    public StatusReason(Code code, String message, Instant since) {
        this(code, message, since, null);
    }
}
