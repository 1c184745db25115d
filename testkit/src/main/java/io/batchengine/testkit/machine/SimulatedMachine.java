package io.batchengine.testkit.machine;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A machine of simulated time on which processes run. One task runs at a time; which of those that could is drawn from the seed. Time stands
 * while any could, and then jumps to the next timer.
 *
 * <p>A task may block, by {@link SimulatedProcess#sleep}: others run meanwhile, and it goes on when its time has come. Each such task keeps a
 * thread of its own, but never do two run at once: a thread hands over to the next and waits. So the same seed gives the same order, always,
 * as long as nothing that runs here asks for real time, real randomness, identity hashes, or other threads.
 *
 * <p>Threading: for one thread, which sets it up and calls {@link #run} or {@link #runUntil}; meanwhile the tasks themselves may call everything else.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class SimulatedMachine implements AutoCloseable {
    /** Ends the stack of a task that blocks when the machine is closed. */
    private static final class Over extends Error {
        private static final long serialVersionUID = 1;

        Over() {
            super("the simulated machine is closed", null, false, false);
        }
    }

    /** More tasks than any run of the simulator needs for all its simulated hours: who needs them within a second will never end. */
    private static final int MOST_STEPS_IN_A_SECOND = 500_000;

    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    private final Agenda agenda;
    private final Semaphore stopped = new Semaphore(0);
    private final Set<Carrier> blocked = new LinkedHashSet<>();
    private final Map<Class<?>, Object> outside = new HashMap<>();
    private Phase phase = Phase.NONE;
    private long limitNanos; // of the phase
    private long steps;
    private long secondNanos; // the second in which tasks are counted began then
    private long secondSteps; // so many had run before it
    private boolean reached; // the goal of the phase
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
        this.agenda = new Agenda(seed);
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
        return agenda.nanos();
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
     * @throws LivelockException if tasks follow tasks and time does not get on
     */
    public boolean runUntil(BooleanSupplier goal, Duration limit) {
        boolean[] inTime = new boolean[1];
        run(new Phase(goal, limit, reachedInTime -> {
            inTime[0] = reachedInTime;
            return null;
        }));
        return inTime[0];
    }

    /**
     * Runs what there is to do, phase by phase, until none follows. Cheaper than {@link #runUntil} for each: the calling thread waits once.
     *
     * @param first the first of them
     * @throws RuntimeException or an Error that a task or a phase threw: as {@link #runUntil}; no further phase begins
     * @throws LivelockException if tasks follow tasks and time does not get on
     */
    public void run(Phase first) {
        begin(first);
        passBaton(null);
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
    }

    /** Ends all tasks that block. Nothing runs on the machine from then on. */
    @Override
    public void close() {
        over = true;
        agenda.clear();
        if (!blocked.isEmpty()) {
            resume(blocked.iterator().next(), null);
            stopped.acquireUninterruptibly();
        }
    }

    /** Runs tasks on a carrier's thread for as long as it holds the baton: first the one that comes with it. */
    void loop(Carrier self, @Nullable Task first) {
        Task task = first != null ? first : nextOfAnyPhase();
        while (task != null && task.blocked == null) {
            run(task);
            task = nextOfAnyPhase();
        }
        Carriers.giveBack(self);
        if (task != null) {
            passBaton(task);
        } else if (over && !blocked.isEmpty()) {
            resume(blocked.iterator().next(), null);
        } else {
            current = null;
            stopped.release();
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

    /** Passes the baton to the carrier that blocks in a task, or else to an idle one. */
    private void passBaton(@Nullable Task task) {
        Carrier blockedInIt = task == null ? null : task.blocked;
        resume(blockedInIt != null ? blockedInIt : Carriers.take(), task);
    }

    private void resume(Carrier next, @Nullable Task task) {
        current = next;
        next.resume(this, task);
    }

    /** The next task of this phase, or of those that follow; null where none does. */
    private @Nullable Task nextOfAnyPhase() {
        while (true) {
            Task task = next();
            if (task != null || over || failure != null) {
                return task;
            }
            try {
                Phase following = phase.then().follows(reached);
                if (following == null) {
                    return null;
                }
                begin(following);
            } catch (Throwable thrown) {
                failure = thrown;
            }
        }
    }

    private void begin(Phase next) {
        phase = next;
        limitNanos = agenda.nanos() + next.limit().toNanos();
        reached = false;
    }

    /** The next task of a process that runs, or null where the phase is over. */
    private @Nullable Task next() {
        while (!over && failure == null) {
            for (Task task = agenda.take(); task != null; task = agenda.take()) {
                if (task.process.takes(task)) {
                    if (isEndless()) {
                        failure = new LivelockException(task.process.toString(), MOST_STEPS_IN_A_SECOND);
                        return null;
                    }
                    running = task.process;
                    if (task.sleeper == null) {
                        return task;
                    }
                    task.sleeper.wake();
                }
            }
            running = null;
            if (isReached() || !agenda.advance(limitNanos)) {
                return null;
            }
        }
        running = null;
        return null;
    }

    /** Counts a task: whether so many ran within a second that time will never get on. */
    private boolean isEndless() {
        steps++;
        if (agenda.nanos() - secondNanos >= SECOND_NANOS) {
            secondNanos = agenda.nanos();
            secondSteps = steps;
        }
        return steps - secondSteps > MOST_STEPS_IN_A_SECOND;
    }

    private boolean isReached() {
        try {
            reached = phase.goal().getAsBoolean();
        } catch (Throwable thrown) {
            failure = thrown;
        }
        return reached;
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
            agenda.add(task);
        }
    }

    Alarm alarm(Task task, Duration delay) {
        return agenda.alarm(task, delay);
    }

    /** Blocks the task that runs until its carrier is resumed, while others run. */
    void block(Carrier self) {
        if (over) {
            throw new Over();
        }
        blocked.add(self);
        Task task = next();
        if (task == null || task.blocked != self) { // else there was nothing to do but to let time pass
            passBaton(task);
            self.await();
        }
        blocked.remove(self);
        if (over) {
            throw new Over();
        }
    }

    Carrier current() {
        Carrier carrier = current;
        boolean withinTask = running != null || over; // what ends with the machine may still try to block
        if (carrier == null || !withinTask) {
            throw new IllegalStateException("only a task on the simulated machine may block");
        }
        return carrier;
    }
}
