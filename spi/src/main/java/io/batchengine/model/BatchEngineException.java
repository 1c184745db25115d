package io.batchengine.model;

import org.jspecify.annotations.Nullable;

/**
 * The one exception of Batch Engine. Decide by its {@link #code()} or {@link #category()}; the message is for people: it names
 * the value that was wrong and the way out.
 */
public final class BatchEngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    private final ErrorCode code;

    private BatchEngineException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /**
     * An exception without a cause.
     *
     * @param code what went wrong
     * @param message names the value that was wrong and the way out
     * @return the exception, to be thrown
     */
    public static BatchEngineException of(ErrorCode code, String message) {
        return new BatchEngineException(code, message, null);
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
        return new BatchEngineException(code, message, cause);
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
