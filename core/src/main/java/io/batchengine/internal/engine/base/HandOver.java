package io.batchengine.internal.engine.base;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Keeps threads of callers from the executors of the user's own. An executor makes threads on the thread that gives it a task, and most
 * such threads inherit that one's identity and class loader; one that runs tasks inline would even run jobs on a caller's thread. So what a
 * caller's thread has to submit is submitted by a thread of the engine. Any thread.
 */
public final class HandOver {
    /** Submits on whichever thread: for executors of the engine's own, whose threads inherit nothing, and in simulated time. */
    public static final HandOver NONE = new HandOver(null);

    /** Set while a thread works for an engine; removed afterwards, so that it keeps nothing of this library alive. */
    private static final ThreadLocal<Boolean> INSIDE = new ThreadLocal<>();

    private final @Nullable Executor own;

    private HandOver(@Nullable Executor own) {
        this.own = own;
    }

    /**
     * Hands over.
     *
     * @param own runs short tasks on threads whose tasks are {@link #marked}
     * @return the hand-over
     */
    public static HandOver to(Executor own) {
        return new HandOver(own);
    }

    /**
     * A task of an engine's own thread.
     *
     * @param task the task
     * @return the same, for as long as which the thread counts as one of the engine
     */
    public static Runnable marked(Runnable task) {
        return () -> {
            boolean outermost = INSIDE.get() == null;
            if (outermost) {
                INSIDE.set(Boolean.TRUE);
            }
            try {
                task.run();
            } finally {
                if (outermost) {
                    INSIDE.remove();
                }
            }
        };
    }

    /**
     * An executor of the user's own.
     *
     * @param executor the executor
     * @return the same, whose threads count as ones of the engine while they run its tasks
     */
    public Executor marking(Executor executor) {
        return own == null ? executor : task -> executor.execute(marked(task));
    }

    /** Submits something, now or soon. */
    public void submit(Runnable submission) {
        if (own == null || INSIDE.get() != null) {
            submission.run();
            return;
        }
        try {
            own.execute(submission);
        } catch (Throwable refused) { // closed, which starts no job any more, or unable to make a thread
            submission.run();
        }
    }
}
