package io.batchengine.internal.engine.batch;

/**
 * What an engine is about with a batch. "Told to stop" is not "stopped": a phase is what is meant to become of it, the status is what is
 * recorded.
 *
 * <pre>{@code
 * ACTIVE     -> CANCELLING  a cancel request stands: nothing starts, running jobs are asked to stop
 *            -> FAILING     the orchestration failed: nothing starts, running jobs may end
 *            -> RELEASING   the engine closes: nothing starts, running jobs may end, the batch is released
 *            -> GONE        its terminal status is recorded, or another engine has it
 * CANCELLING, FAILING, RELEASING -> GONE
 * FAILING, RELEASING -> CANCELLING
 * }</pre>
 */
enum RunPhase {
    ACTIVE,
    CANCELLING,
    FAILING,
    RELEASING,
    GONE
}
