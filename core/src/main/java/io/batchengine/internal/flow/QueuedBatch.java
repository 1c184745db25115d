package io.batchengine.internal.flow;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A batch as flow control sees it: what it may take, and where it stands. A slot is a permit of each: engine, job type, project, its own
 * queue, batch.
 *
 * @param <B> the batch
 */
public final class QueuedBatch<B> {
    final B batch;
    final ProjectQueue<B> queue;
    final Permits permits;
    final Share share;
    final long sequence;
    boolean inQueue;
    private final EngineGates gates;

    QueuedBatch(EngineGates gates, B batch, ProjectQueue<B> queue, int maxInFlight, double weight, long sequence) {
        this.gates = gates;
        this.batch = batch;
        this.queue = queue;
        this.permits = new Permits(maxInFlight);
        this.share = new Share(weight);
        this.sequence = sequence;
    }

    /**
     * Takes a slot. Any thread; where this fails {@code FlowControl.released} must follow, since others may have been refused for the moment
     * that it took.
     *
     * @return whether there was one
     */
    public boolean tryAcquire() {
        return refusing() == null;
    }

    /** The turn that was given has come, or does not come. Any thread. */
    public void arrived() {
        queue.project.tokens.arrived();
        queue.typeQueue.tokens.arrived();
    }

    /** Keeps a token for the turn that is given. */
    void promise() {
        queue.project.tokens.promise();
        queue.typeQueue.tokens.promise();
    }

    /**
     * Takes a token for a start. Any thread.
     *
     * @param nowNanos what the ticker says
     * @return whether the rates let a job start
     */
    public boolean tryStart(long nowNanos) {
        if (!queue.project.tokens.tryTake(nowNanos)) {
            return false;
        }
        if (!queue.typeQueue.tokens.tryTake(nowNanos)) {
            queue.project.tokens.giveBack();
            return false;
        }
        return true;
    }

    /** Puts the token of a start back that did not happen. Any thread. */
    public void notStarted() {
        queue.project.tokens.giveBack();
        queue.typeQueue.tokens.giveBack();
    }

    /**
     * Whether who holds a slot may start a further job in it: not while its factory asked to wait, nor where a limit has become lower than what
     * is in flight. Any thread.
     *
     * @return whether it may
     */
    public boolean mayGoOn() {
        return !queue.adaptive.isPaused() && !queue.permits.isOver() && !isOver();
    }

    /** Whether a limit that concerns it was lowered below what is in flight. */
    private boolean isOver() {
        return gates.isAnyOver()
                && (gates.engine.permits.isOver()
                        || queue.typeQueue.permits.isOver()
                        || queue.project.permits.isOver()
                        || permits.isOver());
    }

    /**
     * Whether another batch has the same project and job type, and so the same back-pressure.
     *
     * @param other its entry
     * @return whether it has
     */
    public boolean isBeside(QueuedBatch<B> other) {
        return queue == other.queue;
    }

    /** The gate that has no token, or whose job factory asked to wait; null where there is none. */
    @Nullable
    Gate closed(long nowNanos) {
        if (isHeld(queue, nowNanos)) {
            return queue;
        }
        if (isHeld(queue.project, nowNanos)) {
            return queue.project;
        }
        return isHeld(queue.typeQueue, nowNanos) ? queue.typeQueue : null;
    }

    private static boolean isHeld(Gate gate, long nowNanos) {
        return !Duration.ZERO.equals(gate.untilOpen(nowNanos));
    }

    /** Takes a permit of each; null where it has, or the gate that refuses. */
    @Nullable
    Gate refusing() {
        Gate engine = gates.engine;
        if (!engine.permits.tryAcquire()) {
            return engine;
        }
        if (!queue.typeQueue.permits.tryAcquire()) {
            engine.permits.release();
            return queue.typeQueue;
        }
        if (!queue.project.permits.tryAcquire()) {
            queue.typeQueue.permits.release();
            engine.permits.release();
            return queue.project;
        }
        if (queue.adaptive.isPaused() || !queue.permits.tryAcquire()) {
            queue.project.permits.release();
            queue.typeQueue.permits.release();
            engine.permits.release();
            return queue;
        }
        if (!permits.tryAcquire()) {
            releaseShared();
            return gates.none;
        }
        return null;
    }

    void release() {
        permits.release();
        releaseShared();
    }

    private void releaseShared() {
        queue.permits.release();
        queue.project.permits.release();
        queue.typeQueue.permits.release();
        gates.engine.permits.release();
    }
}
