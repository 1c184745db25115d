package io.batchengine.testkit.machine;

import io.batchengine.spi.Timer;

/** A task whose time has not come. */
final class Alarm implements Comparable<Alarm>, Timer.Timeout {
    final Task task;
    final long atNanos;
    final long sequence;
    boolean cancelled;

    Alarm(Task task, long atNanos, long sequence) {
        this.task = task;
        this.atNanos = atNanos;
        this.sequence = sequence;
    }

    /** It stays where it is until its time has come: taking it out of the middle would cost more. */
    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public int compareTo(Alarm other) {
        int byTime = Long.compare(atNanos, other.atNanos);
        return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
}
