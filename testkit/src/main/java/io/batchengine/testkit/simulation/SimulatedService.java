package io.batchengine.testkit.simulation;

import io.batchengine.testkit.machine.SimulatedMachine;
import java.util.PriorityQueue;

/** A service outside of all processes that takes so many calls at a time and no more, which nobody is told. */
final class SimulatedService {
    private final SimulatedMachine machine;
    private final int capacity;
    private final PriorityQueue<Long> ends = new PriorityQueue<>(); // of the calls under way

    private SimulatedService(SimulatedMachine machine, int capacity) {
        this.machine = machine;
        this.capacity = capacity;
    }

    static SimulatedService on(SimulatedMachine machine, int capacity) {
        return machine.outside(SimulatedService.class, () -> new SimulatedService(machine, capacity));
    }

    /** Takes a call that lasts for some time, whoever waits for its answer; false where it has too many. */
    boolean takes(int millis) {
        while (!ends.isEmpty() && ends.peek() <= machine.nanos()) {
            ends.remove();
        }
        return ends.size() < capacity && ends.add(machine.nanos() + millis * 1_000_000L);
    }
}
