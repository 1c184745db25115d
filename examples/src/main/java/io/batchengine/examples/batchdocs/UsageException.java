package io.batchengine.examples.batchdocs;

/** What was asked for can't be done; one line tells why, nothing was created. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    UsageException(String message) {
        this(message, ExitCode.USAGE);
    }

    UsageException(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
