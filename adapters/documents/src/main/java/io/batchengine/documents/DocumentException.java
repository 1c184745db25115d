package io.batchengine.documents;

import io.batchengine.model.Text;
import io.batchengine.spi.Outcome;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A document that gives no output. The message is for people: it says what is wrong with the document and what to do.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class DocumentException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    private DocumentException(Kind kind, String message, @Nullable Throwable cause) {
        super(Text.printable(message), cause);
        this.kind = kind;
    }

    private enum Kind {
        DOCUMENT,
        READING,
        STOPPED
    }

    /**
     * The document itself is at fault: another attempt would fail too.
     *
     * @param message what is wrong, for people; made printable
     * @return the exception, to be thrown
     */
    public static DocumentException unusable(String message) {
        return new DocumentException(Kind.DOCUMENT, message, null);
    }

    /**
     * The document itself is at fault: another attempt would fail too.
     *
     * @param message what is wrong, for people; made printable
     * @param cause what was thrown
     * @return the exception, to be thrown
     */
    public static DocumentException unusable(String message, Throwable cause) {
        return new DocumentException(Kind.DOCUMENT, message, cause);
    }

    /**
     * Reading the document failed for a reason outside it: another attempt may do better.
     *
     * @param message what is wrong, for people; made printable
     * @param cause what was thrown
     * @return the exception, to be thrown
     */
    public static DocumentException unreadable(String message, Throwable cause) {
        return new DocumentException(Kind.READING, message, cause);
    }

    /**
     * Reading ended since it was asked to.
     *
     * @return the exception, to be thrown
     */
    public static DocumentException stopped() {
        return new DocumentException(Kind.STOPPED, "reading the document was stopped", null);
    }

    /**
     * Whether another attempt may do better.
     *
     * @return true for {@link #unreadable}
     */
    public boolean retryable() {
        return kind == Kind.READING;
    }

    /**
     * The outcome of a job that ends with this exception.
     *
     * @return failed, failed retryably or stopped
     */
    public Outcome outcome() {
        String message = String.valueOf(getMessage());
        return switch (kind) {
            case DOCUMENT -> Outcome.failed(message);
            case READING -> Outcome.failedRetryably(message);
            case STOPPED -> Outcome.stopped();
        };
    }
}
