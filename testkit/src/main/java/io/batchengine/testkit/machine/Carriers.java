package io.batchengine.testkit.machine;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Idle carriers, kept for the next machine: starting a thread costs more than most runs. There are as many as ever blocked at a time. */
final class Carriers {
    private static final Deque<Carrier> IDLE = new ConcurrentLinkedDeque<>();

    private Carriers() {}

    static Carrier take() {
        Carrier carrier = IDLE.poll();
        if (carrier == null) {
            carrier = new Carrier();
            Thread thread = new Thread(carrier, "simulated");
            thread.setDaemon(true);
            thread.start();
        }
        return carrier;
    }

    static void giveBack(Carrier carrier) {
        IDLE.push(carrier);
    }
}
