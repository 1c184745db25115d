package io.batchengine.orchestration;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets one file at a time run with nothing else in flight in this engine, so that the loss of the engine tells that it was this file.
 * For so long the engine starts nothing else: it waits for what is in flight to end, and for the file, each no longer than
 * {@link Tuning#ISOLATION}; then others start beside it, and the loss of the engine tells nothing. Confined to the serial executor.
 */
final class Isolation {
    private final EngineContext engine;
    private final Set<BatchRun> waiting = new LinkedHashSet<>();
    private @Nullable BatchRun present;
    private boolean granted;
    private long turns; // tells a late timer from the present one

    Isolation(EngineContext engine) {
        this.engine = engine;
    }

    /** A batch has a file that is to run alone. */
    void request(BatchRun run) {
        if (present != run) {
            waiting.add(run);
            next();
        }
    }

    /** Its file has come to an end, or need not run alone any more. */
    void leave(BatchRun run) {
        waiting.remove(run);
        if (present == run) {
            present = null;
            next();
            engine.serial.submit(engine.dispatcher::dispatch);
        }
    }

    /** Whether nothing but the file of one batch may start. */
    boolean isWanted() {
        return present != null;
    }

    /** The batch that may start its file now, with the slot for it; or null while it has to wait. */
    @Nullable
    BatchRun turn() {
        BatchRun run = present;
        if (run != null && !granted && engine.flow.inFlight() == 0) {
            grant(run, true);
        }
        return run != null && granted && run.isReady() && engine.flow.acquire(run.place) ? run : null;
    }

    private void next() {
        if (present != null || waiting.isEmpty()) {
            return;
        }
        BatchRun run = waiting.iterator().next();
        waiting.remove(run);
        present = run;
        granted = false;
        long turn = ++turns;
        engine.later(
                () -> {
                    if (turn == turns && present == run && !granted) {
                        grant(run, false);
                    }
                },
                Tuning.ISOLATION);
        engine.serial.submit(engine.dispatcher::dispatch);
    }

    private void grant(BatchRun run, boolean alone) {
        granted = true;
        long turn = turns;
        if (alone) {
            engine.later(
                    () -> {
                        if (turn == turns && present == run) {
                            run.poisonFiles().noLongerAlone();
                        }
                    },
                    Tuning.ISOLATION);
        }
        run.poisonFiles().granted(alone);
    }
}
