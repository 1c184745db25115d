package io.batchengine.model;

import java.time.Instant;

/**
 * Why a batch is throttled, waits for its store, or failed.
 *
 * @param code for code that decides by it
 * @param message for people
 * @param since since when
 */
public record StatusReason(Code code, String message, Instant since) {
    /** The kinds of reasons. New ones may be added. */
    public enum Code {
        /** The engine has as many jobs in flight as it may. */
        IN_FLIGHT_LIMIT,
        /** The job factory, or a job, said "not now". */
        BACK_PRESSURE,
        /** The store does not do its work for now: the batch waits for it, and loses nothing. Told in progress alone, never stored. */
        STORE_UNAVAILABLE,
        /** The source directory could not be listed, retries included. */
        LISTING_FAILED,
        /** The source directory has more files than the batch may have. */
        TOO_MANY_FILES
    }
}
