package io.batchengine.internal.engine.batch;

import io.batchengine.internal.engine.base.EngineBase;
import java.time.Instant;

/** The clock's time when a batch was taken up, going on evenly from there, whatever the clock does. Any thread. */
final class EvenClock {
    private final EngineBase engine;
    private final Instant start;
    private final long startNanos;

    EvenClock(EngineBase engine) {
        this.engine = engine;
        this.start = engine.now();
        this.startNanos = engine.nanos();
    }

    Instant now() {
        return start.plusNanos(engine.nanos() - startNanos);
    }
}
