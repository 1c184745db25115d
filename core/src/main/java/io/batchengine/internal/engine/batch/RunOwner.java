package io.batchengine.internal.engine.batch;

import io.batchengine.spi.store.StoredBatch;

/** Who has taken a batch up for this engine, and is told of its end. In the serial executor. */
public interface RunOwner {
    /** This engine runs the batch no more. */
    void left(BatchRun run);

    /** The terminal status of a batch is recorded. */
    void ended(StoredBatch batch);

    /** Rows of a batch are damaged, as the message says. */
    void damaged(StoredBatch batch, String message);
}
