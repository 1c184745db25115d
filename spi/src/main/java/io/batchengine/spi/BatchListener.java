package io.batchengine.spi;

import io.batchengine.model.BatchProgress;
import io.batchengine.model.BatchStatus;
import java.util.List;

/**
 * Is told what happens to batches, by the engine that owns them.
 *
 * <p><b>Threading.</b> Calls to one listener come one after the other, on an engine thread; no lock is held, so a listener may
 * call the engine back.
 *
 * <p><b>Ordering.</b> In order per batch, each after its durable write. Each event comes at most once, and exactly once while the
 * engine that wrote lives.
 *
 * <p><b>Slow listeners.</b> A listener that falls behind holds up no batch and no other listener. Beyond 1,024 waiting events its
 * {@link #progress} and {@link #filesSettled} events are dropped and counted in the engine's health, until it has caught up; changes
 * of status are never dropped.
 *
 * <p><b>Exceptions.</b> Logged and ignored.
 */
public interface BatchListener {
    /**
     * A batch has moved to a status, {@link BatchStatus#PENDING} at its creation.
     *
     * @param event what happened
     */
    default void statusChanged(StatusEvent event) {}

    /**
     * Files of a batch are settled: their results and job outcomes are recorded.
     *
     * @param batch the batch
     * @param files what was recorded, in the order of the write
     */
    default void filesSettled(BatchSummary batch, List<FileRecord> files) {}

    /**
     * How far a batch is, after a write that changed its counters; at most some ten times a second for a batch.
     *
     * @param batch the batch
     * @param progress the counters
     */
    default void progress(BatchSummary batch, BatchProgress progress) {}
}
