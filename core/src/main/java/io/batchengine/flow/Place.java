package io.batchengine.flow;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A batch as flow control sees it: what it may take, and where it stands. A slot is a permit of each: engine, job type, project, its own
 * line, batch.
 *
 * @param <B> the batch
 */
public final class Place<B> {
    final B batch;
    final Line<B> line;
    final Permits permits;
    final Share share;
    final long sequence;
    boolean inLine;
    private final EngineGates gates;

    Place(EngineGates gates, B batch, Line<B> line, int maxInFlight, double weight, long sequence) {
        this.gates = gates;
        this.batch = batch;
        this.line = line;
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
        line.project.tokens.arrived();
        line.lane.tokens.arrived();
    }

    /** Keeps a token for the turn that is given. */
    void promise() {
        line.project.tokens.promise();
        line.lane.tokens.promise();
    }

    /**
     * Takes a token for a start. Any thread.
     *
     * @param nowNanos what the ticker says
     * @return whether the rates let a job start
     */
    public boolean tryStart(long nowNanos) {
        if (!line.project.tokens.tryTake(nowNanos)) {
            return false;
        }
        if (!line.lane.tokens.tryTake(nowNanos)) {
            line.project.tokens.giveBack();
            return false;
        }
        return true;
    }

    /** Puts the token of a start back that did not happen. Any thread. */
    public void notStarted() {
        line.project.tokens.giveBack();
        line.lane.tokens.giveBack();
    }

    /**
     * Whether who holds a slot may start a further job in it: not while its factory asked to wait, nor where a limit has become lower than what
     * is in flight. Any thread.
     *
     * @return whether it may
     */
    public boolean mayGoOn() {
        return !line.pressure.isPaused() && !line.permits.isOver() && !isOver();
    }

    /** Whether a limit that concerns it was lowered below what is in flight. */
    private boolean isOver() {
        return gates.isAnyOver()
                && (gates.engine.permits.isOver()
                        || line.lane.permits.isOver()
                        || line.project.permits.isOver()
                        || permits.isOver());
    }

    /**
     * Whether another batch has the same project and job type, and so the same back-pressure.
     *
     * @param other its place
     * @return whether it has
     */
    public boolean isBeside(Place<B> other) {
        return line == other.line;
    }

    /** The gate that has no token, or whose job factory asked to wait; null where there is none. */
    @Nullable
    Gate closed(long nowNanos) {
        if (isHeld(line, nowNanos)) {
            return line;
        }
        if (isHeld(line.project, nowNanos)) {
            return line.project;
        }
        return isHeld(line.lane, nowNanos) ? line.lane : null;
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
        if (!line.lane.permits.tryAcquire()) {
            engine.permits.release();
            return line.lane;
        }
        if (!line.project.permits.tryAcquire()) {
            line.lane.permits.release();
            engine.permits.release();
            return line.project;
        }
        if (line.pressure.isPaused() || !line.permits.tryAcquire()) {
            line.project.permits.release();
            line.lane.permits.release();
            engine.permits.release();
            return line;
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
        line.permits.release();
        line.project.permits.release();
        line.lane.permits.release();
        gates.engine.permits.release();
    }
}
