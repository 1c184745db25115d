package io.batchengine.model;

import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of Batch Engine. Decide by its {@link #code()} or {@link #category()}; the message is for people: it names
 * the value that was wrong and the way out.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class BatchEngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    private final ErrorCode code;
    /** Which files are damaged. */
    private final transient @Nullable DamagedFiles damagedFiles;

    private BatchEngineException(
            ErrorCode code, String message, @Nullable Throwable cause, @Nullable DamagedFiles damagedFiles) {
        super(message, cause);
        this.code = code;
        this.damagedFiles = damagedFiles;
    }

    /**
     * An exception without a cause.
     *
     * @param code what went wrong
     * @param message names the value that was wrong and the way out
     * @return the exception, to be thrown
     */
    public static BatchEngineException of(ErrorCode code, String message) {
        return new BatchEngineException(code, message, null, null);
    }

    /**
     * An exception with a cause.
     *
     * @param code what went wrong
     * @param message names the value that was wrong and the way out
     * @param cause what was thrown, or null
     * @return the exception, to be thrown
     */
    public static BatchEngineException of(ErrorCode code, String message, @Nullable Throwable cause) {
        return new BatchEngineException(code, message, cause, null);
    }

    /**
     * An exception of damaged files: {@link ErrorCode#STORE_CORRUPT}.
     *
     * @param files which
     * @param cause what was thrown, or null
     * @return the exception, to be thrown; its message names the files
     */
    public static BatchEngineException of(DamagedFiles files, @Nullable Throwable cause) {
        String which = files.from() == files.below()
                ? "files are missing, and nothing tells which: the store has fewer than it counted"
                : Text.format(
                        "the files %d to %d can't be read: rows of the store are damaged",
                        files.from(), files.below() - 1);
        return new BatchEngineException(
                ErrorCode.STORE_CORRUPT,
                Text.format("of batch %s %s; all others can", Text.quote(files.batchId()), which),
                cause,
                files);
    }

    /**
     * Which files can't be read, where that is why.
     *
     * @return the files, or empty; always empty in a copy that was serialised
     */
    public Optional<DamagedFiles> damagedFiles() {
        return Optional.ofNullable(damagedFiles);
    }

    /**
     * What went wrong.
     *
     * @return the code
     */
    public ErrorCode code() {
        return code;
    }

    /**
     * Who can do something about it.
     *
     * @return the category of the code
     */
    public ErrorCategory category() {
        return code.category();
    }
}
