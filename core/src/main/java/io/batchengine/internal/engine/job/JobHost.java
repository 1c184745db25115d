package io.batchengine.internal.engine.job;

import io.batchengine.internal.flow.QueuedBatch;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Timer;
import io.batchengine.spi.store.BatchRecord;
import java.time.Duration;

/** The batch as its turns and attempts see it. Any thread, except for the two ends. */
public interface JobHost {
    BatchRecord batch();

    /** The epoch under which this engine owns it. */
    long epoch();

    JobFactory factory();

    /** Its place in the queue for slots. */
    QueuedBatch<?> place();

    /** Whether a job may start now. */
    boolean mayStart();

    /** Bounds the time of an attempt. */
    Timer.Timeout watch(Attempt attempt, Duration limit);

    /** A job goes on without its worker. */
    void addAsynchronous(Attempt attempt);

    /** A job that went on without its worker was given up while it was being started. */
    void removeAsynchronous(Attempt attempt);

    /** A worker is done with a turn. In the serial executor. */
    void turnEnded(Turn turn);

    /** A job that completes by itself has; its result counts, unless it was given up before. In the serial executor. */
    void asynchronousEnded(Attempt attempt, JobResult result, boolean counts);
}
