package io.batchengine.testkit.simulation;

import io.batchengine.testkit.machine.SimulatedMachine;
import io.batchengine.testkit.machine.SimulatedProcess;

/** What happened in a run, a line for each event: simulated time in milliseconds, process, what. */
final class Trace {
    private final SimulatedMachine machine;
    private final StringBuilder text = new StringBuilder(8_192);
    private boolean sealed;

    Trace(SimulatedMachine machine) {
        this.machine = machine;
    }

    void add(SimulatedProcess process, String what) {
        if (!sealed) {
            long micros = machine.nanos() / 1_000;
            text.append(micros / 1_000).append('.');
            long rest = micros % 1_000;
            if (rest < 100) {
                text.append(rest < 10 ? "00" : "0");
            }
            text.append(rest)
                    .append(' ')
                    .append(process)
                    .append(' ')
                    .append(what)
                    .append('\n');
        }
    }

    /** Takes nothing more. */
    void seal() {
        sealed = true;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
