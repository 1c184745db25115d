package io.batchengine.testkit.machine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A machine of simulated time on which processes run. One task runs at a time; which of those that could is drawn from the seed. Time stands
 * while any could, and then jumps to the next timer.
 *
 * <p>A task may block, by {@link SimulatedProcess#sleep}: others run meanwhile, and it goes on when its time has come. Each such task keeps a
 * thread of its own, but never do two run at once: a thread hands over to the next and waits. So the same seed gives the same order, always,
 * as long as nothing that runs here asks for real time, real randomness, identity hashes, or other threads.
 *
 * <p>Threading: for one thread, which sets it up and calls {@link #runUntil}; meanwhile the tasks themselves may call everything else.
 */
public final class SimulatedMachine implements AutoCloseable {
    /** Ends the stack of a task that blocks when the machine is closed. */
    private static final class Over extends Error {
        private static final long serialVersionUID = 1;

        Over() {
            super("the simulated machine is closed", null, false, false);
        }
    }

    private final SplittableRandom order;
    private final Semaphore stopped = new Semaphore(0);
    private final List<Task> ready = new ArrayList<>();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
    private final Set<Carrier> blocked = new LinkedHashSet<>();
    private final Map<Class<?>, Object> outside = new HashMap<>();
    private BooleanSupplier goal = () -> true;
    private long limitNanos;
    private long nanos;
    private long sequence;
    private long steps;
    private boolean reached;
    private boolean over;
    private @Nullable Carrier current; // that holds the baton
    private @Nullable SimulatedProcess running;
    private @Nullable Throwable failure;

    /**
     * A machine at time zero, with nothing on it.
     *
     * @param seed from which the order of tasks is drawn
     */
    public SimulatedMachine(long seed) {
        this.order = new SplittableRandom(seed);
    }

    /**
     * A new process on this machine.
     *
     * @param name for people
     * @return the process, alive
     */
    public SimulatedProcess process(String name) {
        return new SimulatedProcess(this, name);
    }

    /**
     * What stands outside of all processes and outlives them, such as a remote service with what it was told. There is one of each type on a
     * machine, so that no run knows anything of another.
     *
     * @param type the type
     * @param first makes it, when it is first asked for
     * @return the same each time
     * @param <T> the type
     */
    public <T> T outside(Class<T> type, Supplier<? extends T> first) {
        return type.cast(outside.computeIfAbsent(type, missing -> first.get()));
    }

    /**
     * The time since the machine was made.
     *
     * @return in nanoseconds; never goes back
     */
    public long nanos() {
        return nanos;
    }

    /**
     * How many tasks have run.
     *
     * @return a task that blocked counts again when it goes on
     */
    public long steps() {
        return steps;
    }

    /**
     * The process whose task runs now.
     *
     * @return never null within a task
     * @throws IllegalStateException outside of all tasks
     */
    public SimulatedProcess running() {
        SimulatedProcess process = running;
        if (process == null) {
            throw new IllegalStateException("no task runs on the simulated machine");
        }
        return process;
    }

    /**
     * Runs what there is to do until a goal is reached.
     *
     * @param goal asked each time nothing more can run at the present time; must not change anything
     * @param limit how much simulated time may pass
     * @return whether the goal was reached in time; false also where nothing is left that could run
     * @throws RuntimeException or an Error that a task threw: the machine stands where it was thrown. A checked exception is the cause of an
     *     {@link IllegalStateException}
     */
    public boolean runUntil(BooleanSupplier goal, Duration limit) {
        this.goal = goal;
        this.limitNanos = nanos + limit.toNanos();
        this.reached = false;
        passBaton(Carriers.take());
        stopped.acquireUninterruptibly();
        Throwable thrown = failure;
        failure = null;
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown != null) {
            throw new IllegalStateException("a task threw a checked exception", thrown);
        }
        return reached;
    }

    /** Ends all tasks that block. Nothing runs on the machine from then on. */
    @Override
    public void close() {
        over = true;
        ready.clear();
        alarms.clear();
        for (Carrier carrier : List.copyOf(blocked)) {
            passBaton(carrier);
            stopped.acquireUninterruptibly();
        }
    }

    /** Runs tasks on a carrier's thread for as long as it holds the baton. */
    void loop(Carrier self) {
        while (true) {
            Task task = over || failure != null ? null : next();
            if (task == null) {
                current = null;
                running = null;
                Carriers.giveBack(self);
                stopped.release();
                return;
            }
            steps++;
            running = task.process;
            if (task.blocked != null) {
                Carriers.giveBack(self);
                passBaton(task.blocked);
                return;
            }
            run(task);
        }
    }

    private void run(Task task) {
        try {
            if (task.body != null) {
                task.body.run();
            }
        } catch (Over end) {
            // its stack is gone, as it should be
        } catch (Throwable thrown) {
            if (!over) {
                failure = thrown;
            }
        } finally {
            Thread.interrupted(); // nobody interrupts what comes next on this thread
        }
    }

    private void passBaton(Carrier next) {
        current = next;
        next.resume(this);
    }

    /** The next task of a process that runs, or null where the goal is reached or nothing more can happen in time. */
    private @Nullable Task next() {
        while (true) {
            while (!ready.isEmpty()) {
                Task task = takeAny();
                if (task.process.takes(task)) {
                    return task;
                }
            }
            if (goal.getAsBoolean()) {
                reached = true;
                return null;
            }
            if (!advance()) {
                return null;
            }
        }
    }

    private Task takeAny() {
        int last = ready.size() - 1;
        int index = last == 0 ? 0 : order.nextInt(last + 1);
        Task task = ready.get(index);
        ready.set(index, ready.get(last)); // any order will do: the next is drawn too
        ready.remove(last);
        return task;
    }

    /** Lets time jump to the next alarm; makes ready all that are due then. */
    private boolean advance() {
        boolean any = false;
        while (true) {
            Alarm next = alarms.peek();
            if (next == null) {
                return any;
            }
            if (!next.cancelled) {
                if (any && next.atNanos > nanos) {
                    return true;
                }
                if (next.atNanos > limitNanos) {
                    nanos = limitNanos;
                    return false;
                }
                nanos = Math.max(nanos, next.atNanos);
                ready.add(next.task);
                any = true;
            }
            alarms.remove();
        }
    }

    /** Runs a task of a process within the task that runs, perhaps of another. */
    void runAs(SimulatedProcess process, Runnable task) {
        SimulatedProcess before = running;
        running = process;
        try {
            task.run();
        } finally {
            running = before;
        }
    }

    boolean isOver() {
        return over;
    }

    void ready(Task task) {
        if (!over) {
            ready.add(task);
        }
    }

    Alarm alarm(Task task, Duration delay) {
        Alarm alarm = new Alarm(task, nanos + Math.max(0, delay.toNanos()), sequence++);
        if (!over) {
            alarms.add(alarm);
        }
        return alarm;
    }

    /** Blocks the task that runs until its carrier is resumed, while others run. */
    void block(Carrier self) {
        if (over) {
            throw new Over();
        }
        blocked.add(self);
        passBaton(Carriers.take());
        self.await();
        blocked.remove(self);
        if (over) {
            throw new Over();
        }
    }

    Carrier current() {
        Carrier carrier = current;
        if (carrier == null) {
            throw new IllegalStateException("only a task on the simulated machine may block");
        }
        return carrier;
    }
}
