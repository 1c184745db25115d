package io.batchengine.internal.engine.base;

import java.util.concurrent.atomic.AtomicBoolean;

/** A task that runs once, however often an executor runs it: one may fail after it has taken a task, and be given it again. */
final class RunOnce implements Runnable {
    private final AtomicBoolean taken = new AtomicBoolean();
    private final Runnable task;

    RunOnce(Runnable task) {
        this.task = task;
    }

    @Override
    public void run() {
        if (taken.compareAndSet(false, true)) {
            task.run();
        }
    }
}
