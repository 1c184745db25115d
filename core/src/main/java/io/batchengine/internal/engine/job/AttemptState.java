package io.batchengine.internal.engine.job;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one attempt stands:
 *
 * <pre>{@code
 * RUNNING  -> ENDED      its body has returned, or its stage completed: its outcome counts
 *          -> STOPPING   it is asked to stop: told, and its thread interrupted
 *          -> ABANDONED
 * STOPPING -> ENDED
 *          -> ABANDONED  its grace time is over: its file is settled without it, a late outcome does not count
 * }</pre>
 *
 * <p>The usual way, RUNNING to ENDED, is one compare-and-set. The others go under this object's lock, so that an interrupt never
 * hits a thread that has gone on to another job. It is a superclass, for a further object for each attempt would be felt.
 */
abstract class AttemptState {
    private static final int RUNNING = 0;
    private static final int STOPPING = 1;
    private static final int ENDED = 2;
    private static final int ABANDONED = 3;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(AttemptState.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile int state;

    private volatile @Nullable StopCause stopCause;
    private boolean onThread = true; // guarded by this; false for an asynchronous job that has been started
    private @Nullable List<Runnable> onStop; // guarded by this
    private boolean asynchronous; // guarded by this
    private boolean completed; // guarded by this; only of an asynchronous job

    /** Interrupts the worker's thread, on which the job runs. */
    abstract void interruptThread();

    /** Runs an action that the job has for the case that it is asked to stop. */
    abstract void runStopAction(Runnable action);

    /** Ends the attempt; false where it was abandoned before, so that its outcome does not count. */
    final boolean end() {
        if (STATE.compareAndSet(this, RUNNING, ENDED)) {
            return true;
        }
        synchronized (this) {
            onThread = false;
            return STATE.compareAndSet(this, STOPPING, ENDED);
        }
    }

    /** Asks the job to stop, once: tells it, interrupts its thread, and has its own actions run. */
    public final void requestStop(StopCause cause) {
        List<Runnable> actions;
        synchronized (this) {
            if (!STATE.compareAndSet(this, RUNNING, STOPPING)) {
                return;
            }
            stopCause = cause;
            if (onThread) {
                interruptThread();
            }
            actions = onStop == null ? List.of() : onStop;
            onStop = null;
        }
        actions.forEach(this::runStopAction);
    }

    /** Gives the job up; true where its body has not ended, so that its file is to be settled without it. */
    public final boolean abandon() {
        synchronized (this) {
            return STATE.compareAndSet(this, RUNNING, ABANDONED) || STATE.compareAndSet(this, STOPPING, ABANDONED);
        }
    }

    /** The worker thread goes on to other files while this job completes by itself. */
    final void releaseThread() {
        synchronized (this) {
            onThread = false;
            asynchronous = true;
        }
    }

    /** True for the first completion of an asynchronous job; a stage of the user's own may call back again and again. */
    final boolean completeOnce() {
        synchronized (this) {
            boolean first = !completed;
            completed = true;
            return first;
        }
    }

    final boolean isAbandoned() {
        return state == ABANDONED;
    }

    public final boolean isAsynchronous() {
        synchronized (this) {
            return asynchronous;
        }
    }

    final @Nullable StopCause stopCause() {
        return stopCause;
    }

    /** Has an action run when the job is asked to stop; at once where it was. */
    public final void onStopRequested(Runnable action) {
        synchronized (this) {
            if (stopCause == null) {
                if (onStop == null) {
                    onStop = new ArrayList<>(2);
                }
                onStop.add(action);
                return;
            }
        }
        runStopAction(action);
    }
}
