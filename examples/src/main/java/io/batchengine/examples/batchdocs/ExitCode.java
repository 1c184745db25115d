package io.batchengine.examples.batchdocs;

import io.batchengine.model.BatchProgress;

/** What the program tells its caller. */
final class ExitCode {
    static final int COMPLETED = 0;
    /** Completed, with failed files or mapping errors. */
    static final int SOME_FAILED = 1;

    static final int USAGE = 2;
    /** The batch failed, or was cancelled. */
    static final int BATCH_FAILED = 3;
    /** Another process holds the store; nothing was done. */
    static final int STORE_IN_USE = 4;
    /** Rows of the store are damaged; what can be read was printed. */
    static final int STORE_DAMAGED = 5;
    /** As a shell has it for a program that SIGINT ended. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}

    static int of(BatchProgress end) {
        return switch (end.status()) {
            case COMPLETED -> end.counts().failed() + end.counts().mappingErrors() == 0 ? COMPLETED : SOME_FAILED;
            default -> BATCH_FAILED;
        };
    }
}
