package io.batchengine.testkit.machine;

import io.batchengine.spi.DetachedThreads;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ThreadFactory;

/** Idle carriers, kept for the next machine: starting a thread costs more than most runs. There are as many as ever blocked at a time. */
final class Carriers {
    private static final Deque<Carrier> IDLE = new ConcurrentLinkedDeque<>();

    /** They outlive the test that needs them first, and must carry nothing of it. */
    private static final ThreadFactory THREADS = DetachedThreads.named("simulated");

    private Carriers() {}

    static Carrier take() {
        Carrier carrier = IDLE.poll();
        if (carrier == null) {
            carrier = new Carrier();
            THREADS.newThread(carrier).start();
        }
        return carrier;
    }

    static void giveBack(Carrier carrier) {
        IDLE.push(carrier);
    }
}
