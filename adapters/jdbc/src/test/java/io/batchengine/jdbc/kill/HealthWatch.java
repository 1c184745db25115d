package io.batchengine.jdbc.kill;

import io.batchengine.BatchEngine;
import io.batchengine.EngineHealth;
import org.jspecify.annotations.Nullable;

/** Says how an engine is, each time that has changed. Any thread. */
final class HealthWatch implements Runnable {
    private final BatchEngine engine;
    private final Pipe pipe;
    private LedgerLine.@Nullable Health told;

    HealthWatch(BatchEngine engine, Pipe pipe) {
        this.engine = engine;
        this.pipe = pipe;
    }

    @Override
    public synchronized void run() {
        EngineHealth health = engine.health();
        LedgerLine.Health now = new LedgerLine.Health(
                health.status().name(), health.refusedWrites(), String.join("; ", health.problems()));
        if (!now.equals(told)) {
            pipe.say(now);
            told = now;
        }
    }
}
