package io.batchengine.benchmarks.process;

import java.io.Serial;

/** A process that failed, died, or took too long. Its message ends with the last lines of the process's standard error. */
public final class WorkerFailure extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /**
     * With a message.
     *
     * @param message who did what
     */
    public WorkerFailure(String message) {
        super(message);
    }
}
