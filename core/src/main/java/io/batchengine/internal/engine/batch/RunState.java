package io.batchengine.internal.engine.batch;

import io.batchengine.internal.engine.base.EngineBase;
import io.batchengine.internal.engine.base.Tuning;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.ClaimRef;
import io.batchengine.spi.store.StoredBatch;

/** What all parts of a batch's run know of it. Confined to the serial executor, except for the durable state. */
final class RunState {
    final EngineBase engine;
    final BatchRecord batch;
    final ClaimRef claim;

    /** By which due times are told and kept. */
    final EvenClock clock;

    private final Runnable changed;
    private RunPhase phase = RunPhase.ACTIVE;
    private volatile StoredBatch durable;

    RunState(EngineBase engine, StoredBatch claimed, Runnable changed) {
        this.engine = engine;
        this.batch = claimed.request();
        this.claim = claimed.claim();
        this.clock = new EvenClock(engine);
        this.changed = changed;
        this.durable = claimed;
    }

    /** What the engine is about with it. */
    RunPhase phase() {
        return phase;
    }

    void enter(RunPhase next) {
        phase = next;
    }

    boolean isActive() {
        return phase == RunPhase.ACTIVE;
    }

    boolean isGone() {
        return phase == RunPhase.GONE;
    }

    /** Whether files that wait are settled without another attempt. */
    boolean settlesUnrun() {
        return phase == RunPhase.CANCELLING || phase == RunPhase.FAILING;
    }

    /** The state as it was last written. Any thread. */
    StoredBatch durable() {
        return durable;
    }

    void durable(StoredBatch written) {
        durable = written;
    }

    /** Whether files that an earlier engine left may have crashed it. */
    boolean isolates() {
        return durable.state().crashes() >= Tuning.ISOLATING_CRASHES;
    }

    /** Something changed: the run looks what is to be done next. */
    void changed() {
        changed.run();
    }
}
