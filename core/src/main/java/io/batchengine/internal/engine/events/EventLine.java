package io.batchengine.internal.engine.events;

import io.batchengine.internal.engine.base.EngineBase;
import io.batchengine.spi.BatchEvent;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The events that one listener is to be told, in order, one at a time. SerialExecutor add; one orchestration task at a time delivers. */
final class EventLine {
    private static final int DELIVERIES_PER_TASK = 256;

    private final EngineBase engine;
    private final Consumer<BatchEvent> listener;
    private final AtomicLong dropped;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicBoolean working = new AtomicBoolean();

    EventLine(EngineBase engine, Consumer<BatchEvent> listener, AtomicLong dropped) {
        this.engine = engine;
        this.listener = listener;
        this.dropped = dropped;
    }

    void add(BatchEvent event) {
        if (size.get() >= Events.MAX_WAITING && !(event instanceof BatchEvent.StatusChanged)) {
            dropped.incrementAndGet();
            return;
        }
        size.incrementAndGet();
        waiting.add(() -> listener.accept(event));
    }

    /** Runs an action when all before it is delivered. */
    void addMark(Runnable action) {
        size.incrementAndGet();
        waiting.add(action);
        engine.serial.afterwards(this::work);
    }

    /** Sees to it that what waits is delivered. */
    void work() {
        if (!waiting.isEmpty() && working.compareAndSet(false, true)) {
            engine.io(this::deliver);
        }
    }

    private void deliver() {
        for (int i = 0; i < DELIVERIES_PER_TASK; i++) {
            Runnable next = waiting.poll();
            if (next == null) {
                break;
            }
            size.decrementAndGet();
            engine.guardedUserCall(() -> engine.hostCalls.during("a listener", () -> {
                next.run();
                return true;
            }));
        }
        working.set(false);
        work(); // what came in between the last look and the line above
    }
}
