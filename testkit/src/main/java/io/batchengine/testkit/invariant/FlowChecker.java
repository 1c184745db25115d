package io.batchengine.testkit.invariant;

import java.time.Duration;

/** Watches what an engine has in flight, beside what each checker is told. */
abstract class FlowChecker extends Checker {
    FlowChecker(Invariant invariant, History history, Findings findings) {
        super(invariant, history, findings);
    }

    /** An attempt begins: its job is about to be asked for. The watch does not count it yet. */
    void attempting(BatchHistory batch, EngineWatch engine) {}

    /** An attempt has begun, and is counted. */
    void attemptBegan(EngineWatch engine) {}

    /** An attempt has ended. */
    void attemptEnded(BatchHistory batch, EngineWatch engine, EngineWatch.Attempt attempt) {}

    /** The job factory, or a job, said "not now". */
    void notNow(BatchHistory batch, EngineWatch engine, Duration wait) {}
}
