package io.batchengine.internal.engine.batch;

import io.batchengine.internal.engine.job.RequeuedFile;

/** The batch as its delayed files see it. In the serial executor. */
interface DelayHost {
    /** Whether a job may start now. */
    boolean mayStart();

    /** Whether a write of the batch is under way. */
    boolean isWriting();

    /** A file that was read back gets no further attempt: it is settled by what the batch is about. */
    void putBack(RequeuedFile again);

    /** Rows of the batch are damaged. */
    void damaged(String message);
}
