package io.batchengine.model;

import org.apiguardian.api.API;

/**
 * What went wrong, for code that decides by it. New values may be added: have a default branch, which decides by the {@link ErrorCategory}.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum ErrorCode {
    /** No batch of this id in the caller's project. */
    BATCH_NOT_FOUND(ErrorCategory.USER),
    /** The source directory does not exist. */
    SOURCE_DIRECTORY_NOT_FOUND(ErrorCategory.USER),
    /** No saved configuration and no preset has this id. */
    CONFIGURATION_NOT_FOUND(ErrorCategory.USER),
    /** The configuration is of another job type. */
    CONFIGURATION_TYPE_MISMATCH(ErrorCategory.USER),
    /** A saved configuration exists and can't be used as it is. */
    CONFIGURATION_INVALID(ErrorCategory.USER),
    /** No registered job factory serves the job type. */
    UNSUPPORTED_JOB_TYPE(ErrorCategory.USER),
    /** The engine's project filter refuses the project. */
    PROJECT_REFUSED(ErrorCategory.USER),
    /** A value of the call is not allowed. */
    INVALID_ARGUMENT(ErrorCategory.USER),
    /** A JSON text is not what its reader takes. */
    INVALID_JSON(ErrorCategory.USER),
    /** The idempotency key was used before with another request. */
    IDEMPOTENCY_CONFLICT(ErrorCategory.USER),
    /** The batch has ended; it can't be cancelled. */
    ALREADY_TERMINAL(ErrorCategory.USER),
    /** The batch has not ended; it can't be deleted or retried yet. */
    NOT_TERMINAL(ErrorCategory.USER),
    /** A batch that retries this one's files still runs, so this one can't be deleted yet. */
    BATCH_IN_USE(ErrorCategory.USER),
    /** No job of this reference in the caller's project. */
    JOB_NOT_FOUND(ErrorCategory.USER),
    /** Too many results to expand; read them page by page. */
    RESULTS_TOO_LARGE(ErrorCategory.USER),
    /**
     * The data source of a store gave a connection that is inside a transaction of the application. Nothing was done, since the store would
     * commit that transaction. Give the store a data source that hands out connections outside of transactions.
     */
    TRANSACTION_ACTIVE(ErrorCategory.USER),
    /** No plug-in, or more than one, has the name that was asked for. */
    PLUGIN_NOT_FOUND(ErrorCategory.USER),
    /** Another engine has the store open. */
    STORE_IN_USE(ErrorCategory.RESOURCE),
    /** The store can't be reached, or refused to do its work. */
    STORE_UNAVAILABLE(ErrorCategory.RESOURCE),
    /**
     * The file of the store was removed or replaced while it was open, or an input or output error leaves open what of it is on the disk.
     * Nothing more is acknowledged, and the same store object never works again: put the file back from a backup, or look after the disk,
     * and open it.
     */
    STORE_LOST(ErrorCategory.RESOURCE),
    /** Another engine has taken the batch over; a late write was refused. */
    STALE_EPOCH(ErrorCategory.RESOURCE),
    /** The wait ended before what was waited for happened. */
    TIMEOUT(ErrorCategory.RESOURCE),
    /** The waiting thread was interrupted; its interrupt flag is set again. */
    INTERRUPTED(ErrorCategory.RESOURCE),
    /** The engine is closed. */
    ENGINE_CLOSED(ErrorCategory.RESOURCE),
    /** A source directory could not be read. */
    LISTING_FAILED(ErrorCategory.RESOURCE),
    /** A plug-in threw, or answered against its contract. */
    PLUGIN_FAILED(ErrorCategory.INTERNAL),
    /**
     * What the store holds is damaged: what it reads back is not what was written. The message names what is damaged and what is still
     * readable.
     */
    STORE_CORRUPT(ErrorCategory.INTERNAL),
    /**
     * The store can't keep a value of the call: a text in characters that it lacks, one that is too long, a value that a rule of the
     * database refuses. Sending it again will not help; other calls are served.
     */
    CONTENT_REFUSED(ErrorCategory.INTERNAL),
    /** A status was to move along an edge that does not exist. */
    ILLEGAL_TRANSITION(ErrorCategory.INTERNAL);

    private final ErrorCategory category;

    ErrorCode(ErrorCategory category) {
        this.category = category;
    }

    /**
     * Who can do something about it.
     *
     * @return the category
     */
    public ErrorCategory category() {
        return category;
    }
}
