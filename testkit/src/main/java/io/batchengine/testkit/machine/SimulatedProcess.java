package io.batchengine.testkit.machine;

import io.batchengine.BatchEngine;
import io.batchengine.BatchEngineBuilder;
import io.batchengine.spi.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A process on a {@link SimulatedMachine}: what is submitted to it runs while it lives, waits while it is paused, and never runs once it is
 * killed. It has a wall clock of its own, that may be wrong.
 *
 * <p>Threading: as {@link SimulatedMachine}.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class SimulatedProcess {
    /** What every wall clock shows at first. */
    public static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    private enum State {
        RUNNING,
        PAUSED,
        KILLED
    }

    private final SimulatedMachine machine;
    private final String name;
    private final List<Task> held = new ArrayList<>(); // while it is paused
    private State state = State.RUNNING;
    private Duration clockOffset = Duration.ZERO;
    private Supplier<Duration> latency = () -> Duration.ZERO;

    SimulatedProcess(SimulatedMachine machine, String name) {
        this.machine = machine;
        this.name = name;
    }

    /**
     * Where it runs.
     *
     * @return the machine
     */
    public SimulatedMachine machine() {
        return machine;
    }

    /**
     * An engine that lives in this process: its executors, timer, clock and ticker are set.
     *
     * @param workers how many tasks run jobs at a time
     * @param random what it draws ids and jitter from; no two engines may draw the same
     * @return a builder that lacks its plug-ins
     */
    public BatchEngineBuilder engine(int workers, RandomGenerator random) {
        return BatchEngine.builder()
                .executor(executor(), workers)
                .orchestrationExecutor(executor())
                .environment(environment -> environment
                        .withTimer(timer())
                        .withClock(clock())
                        .withTicker(this::nanos)
                        .withRandom(random));
    }

    /**
     * Runs tasks in this process, each at some time after it was submitted, never within {@code execute}.
     *
     * @return the executor
     */
    public Executor executor() {
        return task -> {
            Duration wait = latency.get();
            Task running = Task.running(this, task);
            if (wait.isZero()) {
                machine.ready(running);
            } else {
                machine.alarm(running, wait);
            }
        };
    }

    /**
     * Runs tasks in this process within {@code execute}, as part of the task that calls it.
     *
     * @return the executor
     */
    public Executor inlineExecutor() {
        return task -> {
            if (state != State.KILLED && !machine.isOver()) {
                machine.runAs(this, task);
            }
        };
    }

    /**
     * Runs tasks in this process when their time has come.
     *
     * @return the timer
     */
    public Timer timer() {
        return (task, delay) -> machine.alarm(Task.running(this, task), delay);
    }

    /**
     * The wall clock of this process.
     *
     * @return the machine's time, as far as {@link #jumpClock} has left it alone
     */
    public InstantSource clock() {
        return () -> EPOCH.plusNanos(machine.nanos()).plus(clockOffset);
    }

    /**
     * The monotonic ticker, the same for all processes of the machine.
     *
     * @return in nanoseconds
     */
    public long nanos() {
        return machine.nanos();
    }

    /**
     * Blocks the task that runs, while others run. To be called by tasks of this process only, and with no monitor or lock held: others would
     * wait for it in real time.
     *
     * @param time how long
     * @throws InterruptedException if the task's thread was interrupted meanwhile; at once where {@link #waker} is told, otherwise once the time is over
     */
    public void sleep(Duration time) throws InterruptedException {
        nap().atMost(time).take();
    }

    /**
     * Ends the sleep of the task that runs now, should it sleep by then. For those who interrupt its thread: nobody can see that a thread of
     * the machine was interrupted while it waits.
     *
     * @return to be run by any task, while this task lasts
     */
    public Runnable waker() {
        Carrier carrier = machine.current();
        return () -> {
            Nap nap = carrier.nap;
            if (nap != null) {
                nap.wake();
            }
        };
    }

    /**
     * A sleep that somebody ends.
     *
     * @return to be taken by the task that runs now
     */
    public Nap nap() {
        return new Nap(machine.current());
    }

    /** A task that blocks until it is woken. */
    public final class Nap {
        private final Carrier carrier;
        private @Nullable Alarm end;
        private boolean asleep;
        private boolean woken;

        private Nap(Carrier carrier) {
            this.carrier = carrier;
        }

        /**
         * Wakes it at a time, unless it is woken before.
         *
         * @param time from now on
         * @return this
         */
        public Nap atMost(Duration time) {
            end = machine.alarm(Task.waking(SimulatedProcess.this, this), time);
            return this;
        }

        /** Ends it. Any task of the machine may; only the first call counts. */
        public void wake() {
            if (!woken) {
                woken = true;
                if (end != null) {
                    end.cancel();
                }
                if (asleep) {
                    machine.ready(Task.resuming(SimulatedProcess.this, carrier));
                }
            }
        }

        /**
         * Blocks until it is woken.
         *
         * @throws InterruptedException if the thread was interrupted meanwhile
         */
        public void take() throws InterruptedException {
            if (!woken) {
                asleep = true;
                carrier.nap = this;
                machine.block(carrier);
                carrier.nap = null;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted in simulated sleep");
            }
        }
    }

    /**
     * Gives each task that is submitted a latency.
     *
     * @param source asked for each task; zero lets it run at once
     */
    public void delayTasks(Supplier<Duration> source) {
        latency = source;
    }

    /**
     * Moves the wall clock.
     *
     * @param by backwards if negative
     */
    public void jumpClock(Duration by) {
        clockOffset = clockOffset.plus(by);
    }

    /** Stops it, as SIGSTOP does: what it would do waits until {@link #resume}. What runs already goes on until it blocks or ends. */
    public void pause() {
        if (state == State.RUNNING) {
            state = State.PAUSED;
        }
    }

    /** Lets it go on. */
    public void resume() {
        if (state == State.PAUSED) {
            state = State.RUNNING;
            held.forEach(machine::ready);
            held.clear();
        }
    }

    /** Ends it at once, as SIGKILL does. A task of its own that calls this must {@linkplain #stopHere stop} at once too. */
    public void kill() {
        state = State.KILLED;
        held.clear();
    }

    /** Blocks the task that runs for ever, as the task of a killed process. */
    public void stopHere() {
        while (true) {
            machine.block(machine.current());
        }
    }

    /**
     * Whether it was killed.
     *
     * @return true from {@link #kill} on
     */
    public boolean isKilled() {
        return state == State.KILLED;
    }

    /**
     * Whether it is paused.
     *
     * @return true between {@link #pause} and {@link #resume}
     */
    public boolean isPaused() {
        return state == State.PAUSED;
    }

    @Override
    public String toString() {
        return name;
    }

    /** Whether a task of this process may run now; keeps it for later where it may not yet. */
    boolean takes(Task task) {
        if (state == State.PAUSED) {
            held.add(task);
        }
        return state == State.RUNNING;
    }
}
