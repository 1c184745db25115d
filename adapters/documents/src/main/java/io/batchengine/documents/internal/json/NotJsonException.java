package io.batchengine.documents.internal.json;

import org.jspecify.annotations.Nullable;

/** A text that is not the JSON its reader takes. The message follows the name of what was read. */
public final class NotJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    NotJsonException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
