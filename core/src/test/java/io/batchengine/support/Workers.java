package io.batchengine.support;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Threads of a {@link ManualMachine} for jobs that block: each task has a thread of its own, but one runs at a time; the others stand in
 * {@link #sleep} or have not begun, so that many jobs block at once in simulated time.
 */
public final class Workers {
    private final class Worker implements Runnable {
        final Semaphore go = new Semaphore(0);
        final Thread thread = new Thread(this, "worker");

        @Nullable
        Runnable task;

        @Override
        public void run() {
            while (true) {
                go.acquireUninterruptibly();
                Runnable given = task;
                if (given != null) {
                    given.run();
                }
                task = null;
                idle.push(this);
                back.release();
            }
        }
    }

    private final ManualMachine machine;
    private final Deque<Worker> idle = new ArrayDeque<>(); // whoever runs may touch it
    private final Semaphore back = new Semaphore(0);
    private @Nullable Worker present;

    /** Threads on a machine. */
    public Workers(ManualMachine machine) {
        this.machine = machine;
    }

    /** Runs each task on a thread of its own. */
    public Executor executor() {
        return task -> machine.executor().execute(() -> {
            Worker worker = idle.isEmpty() ? started() : idle.pop();
            worker.task = task;
            resume(worker);
        });
    }

    /** Blocks the task that runs now for a time of the machine. */
    public void sleep(Duration time) {
        Worker worker = present;
        if (worker == null || worker.thread != Thread.currentThread()) {
            throw new IllegalStateException("not on a thread of this machine");
        }
        machine.timer().schedule(() -> resume(worker), time);
        back.release();
        worker.go.acquireUninterruptibly();
    }

    private Worker started() {
        Worker worker = new Worker();
        worker.thread.setDaemon(true);
        worker.thread.start();
        return worker;
    }

    private void resume(Worker worker) {
        present = worker;
        worker.go.release();
        back.acquireUninterruptibly();
        present = null;
    }
}
