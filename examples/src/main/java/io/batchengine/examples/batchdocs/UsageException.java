package io.batchengine.examples.batchdocs;

/** What was asked for can't be done; one line tells why, nothing was created. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
