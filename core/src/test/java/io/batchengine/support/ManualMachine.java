package io.batchengine.support;

import io.batchengine.BatchEngine;
import io.batchengine.BatchEngineBuilder;
import io.batchengine.spi.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A machine of one thread on which time stands until a test moves it: clock, ticker, timer and executors of an engine. Tasks run only in
 * {@link #run} and {@link #advance}, in the order of their submission; never inside {@code execute} or {@code schedule}.
 */
public final class ManualMachine {
    private record Scheduled(long atNanos, long sequence, Runnable task) {}

    private final List<Runnable> tasks = new ArrayList<>();
    private final PriorityQueue<Scheduled> timers =
            new PriorityQueue<>(Comparator.comparingLong(Scheduled::atNanos).thenComparingLong(Scheduled::sequence));
    private long nanos;
    private long sequence;
    private Duration clockOffset = Duration.ZERO;
    private final @Nullable Random order;
    private int engines;

    /** A machine that runs tasks in the order of their submission. */
    public ManualMachine() {
        this.order = null;
    }

    /** A machine that draws which of the submitted tasks runs next, as a machine of many threads does. */
    public ManualMachine(Random order) {
        this.order = order;
    }

    /** An engine on this machine, with two workers. Each has randomness of its own, so that no two have one owner id. */
    public BatchEngineBuilder engine() {
        return engine(2);
    }

    /** An engine on this machine, with some workers. */
    public BatchEngineBuilder engine(int workers) {
        return engine(workers, new Random(42 + engines++));
    }

    /** An engine on this machine, with some workers and its own randomness. */
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

    /** A process on this machine, in which engines run until it is killed. */
    public Simulated process() {
        return new Simulated();
    }

    /** What was submitted in it and has not run when it is killed never runs. */
    public final class Simulated {
        private boolean killed;

        /** An engine of this process. */
        public BatchEngineBuilder engine(int workers) {
            return engine(workers, new Random(42 + engines++));
        }

        /** An engine of this process with its own randomness. */
        public BatchEngineBuilder engine(int workers, RandomGenerator random) {
            return BatchEngine.builder()
                    .executor(this::submit, workers)
                    .orchestrationExecutor(this::submit)
                    .environment(environment -> environment
                            .withTimer((task, delay) -> timer().schedule(whileAlive(task), delay))
                            .withClock(clock())
                            .withTicker(ManualMachine.this::nanos)
                            .withRandom(random));
        }

        /** Ends it at once. */
        public void kill() {
            killed = true;
        }

        /** Whether it was killed. */
        public boolean isKilled() {
            return killed;
        }

        private void submit(Runnable task) {
            tasks.add(whileAlive(task));
        }

        private Runnable whileAlive(Runnable task) {
            return () -> {
                if (!killed) {
                    task.run();
                }
            };
        }
    }

    /** Puts tasks into this machine's queue. */
    public Executor executor() {
        return tasks::add;
    }

    /** Runs tasks when this machine's time has come to them. */
    public Timer timer() {
        return (task, delay) -> {
            Scheduled scheduled = new Scheduled(nanos + Math.max(0, delay.toNanos()), sequence++, task);
            timers.add(scheduled);
            return () -> timers.remove(scheduled);
        };
    }

    /** The wall clock. */
    public InstantSource clock() {
        return () -> Instant.parse("2026-01-01T00:00:00Z").plusNanos(nanos).plus(clockOffset);
    }

    /** Moves the wall clock alone, backwards if negative. */
    public void jumpClock(Duration by) {
        clockOffset = clockOffset.plus(by);
    }

    /** The monotonic ticker. */
    public long nanos() {
        return nanos;
    }

    /** Lets time pass for the job that runs now. */
    public void spend(Duration time) {
        nanos += time.toNanos();
    }

    /** Runs everything that is due now. */
    public void run() {
        runDue();
    }

    /** Runs a number of the tasks that wait now, if there are as many; no timers. */
    public void runTasks(int count) {
        for (int i = 0; i < count; i++) {
            Runnable task = next();
            if (task == null) {
                return;
            }
            task.run();
        }
    }

    /** Runs what is due now, then lets time pass, running each timer at its time. */
    public void advance(Duration time) {
        long end = nanos + time.toNanos();
        runDue();
        Scheduled next = timers.peek();
        while (next != null && next.atNanos <= end) {
            nanos = Math.max(nanos, next.atNanos);
            runDue();
            next = timers.peek();
        }
        nanos = Math.max(nanos, end);
    }

    /** Lets time pass until a condition holds; fails where it does not within a simulated hour. */
    public void advanceUntil(BooleanSupplier condition) {
        long end = nanos + Duration.ofHours(1).toNanos();
        runDue();
        while (!condition.getAsBoolean()) {
            Scheduled next = timers.peek();
            if (next == null || next.atNanos > end) {
                throw new AssertionError("did not happen within an hour of simulated time");
            }
            nanos = Math.max(nanos, next.atNanos);
            runDue();
        }
    }

    private void runDue() {
        boolean more = true;
        while (more) {
            Runnable task = next();
            if (task == null) {
                Scheduled next = timers.peek();
                more = next != null && next.atNanos <= nanos;
                if (more) {
                    timers.remove(next);
                    tasks.add(next.task());
                }
            } else {
                task.run();
            }
        }
    }

    private @Nullable Runnable next() {
        return tasks.isEmpty() ? null : tasks.remove(order == null ? 0 : order.nextInt(tasks.size()));
    }
}
