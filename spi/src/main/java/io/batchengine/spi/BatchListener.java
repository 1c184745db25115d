package io.batchengine.spi;

import org.apiguardian.api.API;

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
 * {@link #progressed} and {@link #filesSettled} events are dropped and counted in the engine's health, until it has caught up; changes
 * of status are never dropped.
 *
 * <p><b>Exceptions.</b> Logged and ignored.
 *
 * <p><b>Evolution.</b> New methods come with a default only, so a listener that is compiled today keeps working.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface BatchListener {
    /**
     * A batch has moved to a status.
     *
     * @param event what happened
     */
    default void statusChanged(BatchEvent.StatusChanged event) {}

    /**
     * Files of a batch are settled.
     *
     * @param event what was recorded
     */
    default void filesSettled(BatchEvent.FilesSettled event) {}

    /**
     * A batch has come further.
     *
     * @param event how far it is
     */
    default void progressed(BatchEvent.Progressed event) {}
}
