package io.batchengine.testkit.machine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What is to be done on a machine: tasks that may run now, of which any is next, and those whose time has not come. */
final class Agenda {
    private final SplittableRandom order;
    private final List<Task> ready = new ArrayList<>();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
    private long nanos;
    private long sequence;

    Agenda(long seed) {
        this.order = new SplittableRandom(seed);
    }

    long nanos() {
        return nanos;
    }

    void add(Task task) {
        ready.add(task);
    }

    Alarm alarm(Task task, Duration delay) {
        Alarm alarm = new Alarm(task, nanos + Math.max(0, delay.toNanos()), sequence++);
        alarms.add(alarm);
        return alarm;
    }

    void clear() {
        ready.clear();
        alarms.clear();
    }

    /** Any of the tasks that may run now, or null where there is none. */
    @Nullable
    Task take() {
        int last = ready.size() - 1;
        if (last < 0) {
            return null;
        }
        int index = last == 0 ? 0 : order.nextInt(last + 1);
        Task task = ready.get(index);
        ready.set(index, ready.get(last)); // any order will do: the next is drawn too
        ready.remove(last);
        return task;
    }

    /** Lets time jump to the next alarm, and makes ready all that are due then; false where there is none before a limit. */
    boolean advance(long limitNanos) {
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
}
