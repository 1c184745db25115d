package io.batchengine.testkit.machine;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A thread that runs a machine's tasks while it holds the baton. There is one baton, so of all carriers at most one runs; there are several
 * so that a task which blocks keeps its stack. A carrier that has neither a baton nor a blocked task is idle, and serves the next machine.
 */
final class Carrier implements Runnable {
    private final Semaphore baton = new Semaphore(0);
    private @Nullable SimulatedMachine machine; // handed over with the baton
    private @Nullable Task first; // handed over with the baton; null where the machine is to tell

    SimulatedProcess.@Nullable Nap nap; // that its task takes

    /** Lets this carrier go on, on a machine, with a task; the caller stops, or waits for a baton of its own. */
    void resume(SimulatedMachine on, @Nullable Task with) {
        machine = on;
        first = with;
        baton.release();
    }

    /** Waits until it may go on. An interrupt does not end it: the thread is interrupted again behind it. */
    void await() {
        baton.acquireUninterruptibly();
    }

    @Override
    @SuppressWarnings({"InfiniteLoopStatement", "NullAway"}) // the machine comes with the baton
    public void run() {
        while (true) {
            await();
            machine.loop(this, first);
        }
    }
}
