package io.batchengine.internal.engine.base;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one serial context of an engine. All that is decided is decided here, by short tasks that run one after the other; all
 * state of batches is confined to it, so there is no lock and no lock order.
 *
 * <p>A decision runs on the thread that submits it, or on the thread that happens to run decisions already; nobody waits. What
 * a decision wants done outside (submit a task, complete a future, interrupt a job: anything that may run code of others) it
 * leaves as an effect, which runs after the context is given up.
 */
public final class SerialExecutor {
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final Consumer<Throwable> onDefect;
    private List<Runnable> effects = new ArrayList<>(); // confined to the context
    private List<Runnable> last = new ArrayList<>(); // confined to the context
    private volatile @Nullable Thread thread;

    SerialExecutor(Consumer<Throwable> onDefect) {
        this.onDefect = onDefect;
    }

    /** Runs a decision soon; in the order of submission. */
    public void submit(Runnable decision) {
        queue.add(decision);
        if (pending.getAndIncrement() == 0) {
            drain();
        }
    }

    /** From within a decision: runs an effect once the context is given up. */
    public void afterwards(Runnable effect) {
        assertInside();
        effects.add(effect);
    }

    /**
     * From within a decision: runs an effect once the context is given up and all other effects have run. For what may take as long as a job
     * does, on an executor that runs it on the calling thread.
     */
    public void lastly(Runnable effect) {
        assertInside();
        last.add(effect);
    }

    /** Fails where confined state is touched from outside. */
    void assertInside() {
        if (thread != Thread.currentThread()) {
            throw new IllegalStateException("outside of the serial executor");
        }
    }

    private void drain() {
        int taken = pending.get();
        while (true) {
            thread = Thread.currentThread();
            for (int i = 0; i < taken; i++) {
                guarded(requireNonNull(queue.poll())); // added before it was counted
            }
            List<Runnable> left = effects;
            List<Runnable> leftLast = last;
            effects = new ArrayList<>();
            last = new ArrayList<>();
            thread = null;
            if (pending.compareAndSet(taken, 0)) {
                left.forEach(this::guarded);
                leftLast.forEach(this::guarded);
                return;
            }
            effects = left;
            last = leftLast; // more decisions came in: the context is still ours
            taken = pending.addAndGet(-taken);
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable defect) { // a defect of one decision must not stop all others
            onDefect.accept(defect);
        }
    }
}
