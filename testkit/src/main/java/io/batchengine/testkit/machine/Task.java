package io.batchengine.testkit.machine;

import org.jspecify.annotations.Nullable;

/** Something that a process is to do: a task, to wake one that sleeps, or to go on with one that blocks. Exactly one of the three is there. */
final class Task {
    final SimulatedProcess process;
    final @Nullable Runnable body;
    final SimulatedProcess.@Nullable Nap sleeper;
    final @Nullable Carrier blocked;

    private Task(
            SimulatedProcess process,
            @Nullable Runnable body,
            SimulatedProcess.@Nullable Nap sleeper,
            @Nullable Carrier blocked) {
        this.process = process;
        this.body = body;
        this.sleeper = sleeper;
        this.blocked = blocked;
    }

    static Task running(SimulatedProcess process, Runnable body) {
        return new Task(process, body, null, null);
    }

    static Task waking(SimulatedProcess process, SimulatedProcess.Nap sleeper) {
        return new Task(process, null, sleeper, null);
    }

    static Task resuming(SimulatedProcess process, Carrier blocked) {
        return new Task(process, null, null, blocked);
    }
}
