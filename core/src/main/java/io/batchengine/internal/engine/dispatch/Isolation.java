package io.batchengine.internal.engine.dispatch;

import io.batchengine.internal.engine.base.EngineBase;
import io.batchengine.internal.engine.base.Tuning;
import io.batchengine.internal.flow.FlowControl;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets one file at a time run with nothing else in flight in this engine, so that the loss of the engine tells that it was this file.
 * For so long the engine starts nothing else: it waits for what is in flight to end, and for the file, each no longer than
 * {@link Tuning#ISOLATION}; then others start beside it, and the loss of the engine tells nothing. Confined to the serial executor.
 */
public final class Isolation {
    private final EngineBase engine;
    private final FlowControl<DispatchHost> flow;
    private final Runnable dispatch;
    private final Set<IsolatedFiles> waiting = new LinkedHashSet<>();
    private @Nullable IsolatedFiles present;
    private boolean granted;
    private long turns; // tells a late timer from the present one

    Isolation(EngineBase engine, FlowControl<DispatchHost> flow, Runnable dispatch) {
        this.engine = engine;
        this.flow = flow;
        this.dispatch = dispatch;
    }

    /** A batch has a file that is to run alone. */
    public void request(IsolatedFiles files) {
        if (present != files) {
            waiting.add(files);
            next();
        }
    }

    /** Its file has come to an end, or need not run alone any more. */
    public void leave(IsolatedFiles files) {
        waiting.remove(files);
        if (present == files) {
            present = null;
            next();
            engine.serial.submit(dispatch);
        }
    }

    /** Whether nothing but the file of one batch may start. */
    public boolean isWanted() {
        return present != null;
    }

    /** The batch that may start its file now, with the slot for it; or null while it has to wait. */
    @Nullable
    DispatchHost turn() {
        IsolatedFiles files = present;
        if (files != null && !granted && flow.inFlight() == 0) {
            grant(files, true);
        }
        if (files == null || !granted) {
            return null;
        }
        DispatchHost host = files.host();
        return host.isReady() && flow.acquire(host.place()) ? host : null;
    }

    private void next() {
        if (present != null || waiting.isEmpty()) {
            return;
        }
        IsolatedFiles files = waiting.iterator().next();
        waiting.remove(files);
        present = files;
        granted = false;
        long turn = ++turns;
        engine.later(
                () -> {
                    if (turn == turns && present == files && !granted) {
                        grant(files, false);
                    }
                },
                Tuning.ISOLATION);
        engine.serial.submit(dispatch);
    }

    private void grant(IsolatedFiles files, boolean alone) {
        granted = true;
        long turn = turns;
        if (alone) {
            engine.later(
                    () -> {
                        if (turn == turns && present == files) {
                            files.noLongerAlone();
                        }
                    },
                    Tuning.ISOLATION);
        }
        files.granted(alone);
    }
}
