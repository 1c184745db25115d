package io.batchengine.internal.engine.events;

import io.batchengine.internal.engine.base.EngineBase;
import io.batchengine.model.BatchProgress;
import io.batchengine.model.Text;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.BatchListener;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.store.StoredBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners and subscribers. Events are put into the line of each listener within a decision, so all see them in the order of the
 * writes; each line is worked off on an orchestration thread of its own.
 */
public final class Events {
    /** Waiting events of one listener, above which it misses all but changes of status. */
    static final int MAX_WAITING = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final EngineBase engine;
    private final SubmissionPublisher<BatchEvent> publisher;
    private final List<EventLine> lines = new ArrayList<>();
    private final boolean hasListeners;
    private final AtomicLong dropped = new AtomicLong();

    public Events(List<BatchListener> listeners, EngineBase engine) {
        this.engine = engine;
        this.hasListeners = !listeners.isEmpty();
        this.publisher = new SubmissionPublisher<>(engine::io, MAX_WAITING);
        listeners.forEach(listener -> lines.add(new EventLine(engine, event -> deliver(listener, event), dropped)));
        lines.add(new EventLine(engine, this::publish, dropped));
    }

    public Flow.Publisher<BatchEvent> publisher() {
        return publisher;
    }

    public long dropped() {
        return dropped.get();
    }

    /** Whether anybody wants to know about single files; if not, nobody need gather them. */
    public boolean wantsFiles() {
        return hasListeners || publisher.hasSubscribers();
    }

    public void statusChanged(StoredBatch batch) {
        add(BatchEvent.StatusChanged.of(
                batch.summary(),
                batch.state().status(),
                batch.state().updatedAt(),
                batch.state().reason()));
    }

    void filesSettled(StoredBatch batch, List<FileRecord> files) {
        add(BatchEvent.FilesSettled.of(batch.summary(), files));
    }

    /** Its progress is made only where somebody wants to know. */
    void progressed(StoredBatch batch, Supplier<BatchProgress> progress) {
        if (wantsFiles()) {
            add(BatchEvent.Progressed.of(batch.summary(), progress.get()));
        }
    }

    /** Runs an action when all that was added so far is delivered. Within a decision. */
    public void whenDelivered(Runnable action) {
        new Countdown(lines.size(), action).register(lines);
    }

    public void close() {
        publisher.close();
    }

    private void add(BatchEvent event) {
        for (EventLine line : lines) {
            line.add(event);
            engine.serial.afterwards(line::work);
        }
    }

    private void publish(BatchEvent event) {
        try {
            publisher.offer(event, (subscriber, missed) -> {
                dropped.incrementAndGet();
                return false;
            });
        } catch (IllegalStateException closed) { // at its deadline: subscribers were told of the end
            dropped.incrementAndGet();
        }
    }

    private static void deliver(BatchListener listener, BatchEvent event) {
        try {
            if (event instanceof BatchEvent.StatusChanged changed) {
                listener.statusChanged(changed);
            } else if (event instanceof BatchEvent.FilesSettled settled) {
                listener.filesSettled(settled);
            } else if (event instanceof BatchEvent.Progressed progressed) {
                listener.progressed(progressed);
            }
        } catch (Throwable failure) {
            LOG.warn("listener {} failed: {}", listener.getClass().getName(), Text.describe(failure));
        }
    }

    /** Runs an action when every line has come to a mark. */
    private static final class Countdown {
        private final AtomicInteger left;
        private final Runnable action;

        Countdown(int lines, Runnable action) {
            this.left = new AtomicInteger(lines);
            this.action = action;
        }

        void register(List<EventLine> lines) {
            lines.forEach(line -> line.addMark(() -> {
                if (left.decrementAndGet() == 0) {
                    action.run();
                }
            }));
        }
    }
}
