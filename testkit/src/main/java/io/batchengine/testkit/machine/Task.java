package io.batchengine.testkit.machine;

import org.jspecify.annotations.Nullable;

/** Something that a process is to do: a task, or to go on with one that blocks. Exactly one of the two is there. */
final class Task {
    final SimulatedProcess process;
    final @Nullable Runnable body;
    final @Nullable Carrier blocked;

    private Task(SimulatedProcess process, @Nullable Runnable body, @Nullable Carrier blocked) {
        this.process = process;
        this.body = body;
        this.blocked = blocked;
    }

    static Task running(SimulatedProcess process, Runnable body) {
        return new Task(process, body, null);
    }

    static Task resuming(SimulatedProcess process, Carrier blocked) {
        return new Task(process, null, blocked);
    }
}
