package io.batchengine.testkit.simulation;

import io.batchengine.testkit.machine.SimulatedMachine;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a run, a line for each event: simulated time in milliseconds, process, what. Lines are not written before somebody asks
 * for them, since hardly anybody does: of most runs the trace is never read.
 */
final class Trace {
    private record Event(long nanos, SimulatedProcess process, List<@Nullable Object> what) {}

    private final SimulatedMachine machine;
    private final List<Event> events = new ArrayList<>();
    private boolean sealed;

    Trace(SimulatedMachine machine) {
        this.machine = machine;
    }

    /** Adds a line of parts, none of which changes afterwards. */
    void add(SimulatedProcess process, @Nullable Object... what) {
        if (!sealed) {
            events.add(new Event(machine.nanos(), process, Arrays.asList(what)));
        }
    }

    /** Takes nothing more. */
    void seal() {
        sealed = true;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(16_384);
        for (Event event : events) {
            long micros = event.nanos / 1_000;
            String rest = Long.toString(1_000 + micros % 1_000).substring(1); // with its leading zeros
            text.append(micros / 1_000)
                    .append('.')
                    .append(rest)
                    .append(' ')
                    .append(event.process)
                    .append(' ');
            for (Object part : event.what) {
                text.append(part);
            }
            text.append('\n');
        }
        return text.toString();
    }
}
