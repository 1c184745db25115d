package io.batchengine.jdbc.kill;

import java.time.Duration;
import java.util.List;

/**
 * How a child process is to run.
 *
 * @param store the JDBC url of its store, or {@link #IN_MEMORY}
 * @param seed the seed of its workload
 * @param shape how much there is to do
 * @param lease how long its batches stay its own without renewal
 * @param mode what is special about its store
 */
record ChildOptions(String store, long seed, Workload.Shape shape, Duration lease, Mode mode) {
    static final String IN_MEMORY = "memory";

    /** What is special about a child's store. */
    enum Mode {
        PLAIN,
        /** One write at a time, each answer said before the next write: for a trace of system calls. */
        TRACED,
        /** Copies of the store are made while it runs. */
        BACKS_UP,
        /** The process stops itself once, inside a transaction that writes settled files. */
        STOPS_IN_TRANSACTION
    }

    static ChildOptions of(String store, long seed, Workload.Shape shape) {
        return new ChildOptions(store, seed, shape, Duration.ofSeconds(30), Mode.PLAIN);
    }

    ChildOptions withLease(Duration other) {
        return new ChildOptions(store, seed, shape, other, mode);
    }

    ChildOptions withMode(Mode other) {
        return new ChildOptions(store, seed, shape, lease, other);
    }

    Workload workload() {
        return Workload.of(seed, shape);
    }

    List<String> arguments() {
        return List.of(store, Long.toString(seed), shape.name(), lease.toString(), mode.name());
    }

    static ChildOptions parse(String[] arguments) {
        return new ChildOptions(
                arguments[0],
                Long.parseLong(arguments[1]),
                Workload.Shape.valueOf(arguments[2]),
                Duration.parse(arguments[3]),
                Mode.valueOf(arguments[4]));
    }
}
