package io.batchengine.testkit.fault;

import io.batchengine.BatchEngine;
import io.batchengine.BatchEngineBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** A machine of one thread on which time moves only when nothing is left to do; which task runs next is drawn. */
final class StillMachine {
    private record Scheduled(long atNanos, long sequence, Runnable task) {}

    private final Random random;
    private final List<Runnable> tasks = new ArrayList<>();
    private final PriorityQueue<Scheduled> timers =
            new PriorityQueue<>(Comparator.comparingLong(Scheduled::atNanos).thenComparingLong(Scheduled::sequence));
    private long nanos;
    private long sequence;

    StillMachine(Random random) {
        this.random = random;
    }

    BatchEngineBuilder engine(int workers) {
        return BatchEngine.builder()
                .executor(tasks::add, workers)
                .orchestrationExecutor(tasks::add)
                .timer((task, delay) -> {
                    Scheduled timer = after(delay, task);
                    return () -> timers.remove(timer);
                })
                .clock(() -> Instant.parse("2026-01-01T00:00:00Z").plusNanos(nanos))
                .ticker(this::nanos)
                .random(new Random(random.nextLong()));
    }

    long nanos() {
        return nanos;
    }

    /** Lets time pass for the task that runs now. */
    void spend(Duration time) {
        nanos += time.toNanos();
    }

    Scheduled after(Duration delay, Runnable task) {
        Scheduled timer = new Scheduled(nanos + Math.max(0, delay.toNanos()), sequence++, task);
        timers.add(timer);
        return timer;
    }

    /** Runs until a condition holds; fails where it does not within an hour of this machine's time. */
    void runUntil(BooleanSupplier condition) {
        long end = nanos + Duration.ofHours(1).toNanos();
        while (!condition.getAsBoolean()) {
            if (!tasks.isEmpty()) {
                tasks.remove(random.nextInt(tasks.size())).run();
            } else {
                Scheduled next = timers.poll();
                if (next == null || next.atNanos() > end) {
                    throw new AssertionError("did not happen within an hour");
                }
                nanos = Math.max(nanos, next.atNanos());
                tasks.add(next.task());
            }
        }
    }
}
