package io.batchengine.testkit.simulation;

import io.batchengine.BatchEngine;
import io.batchengine.model.BatchEngineException;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.BatchListener;
import io.batchengine.testkit.invariant.Checkers;
import io.batchengine.testkit.machine.SimulatedProcess;
import io.batchengine.testkit.simulation.Plan.ListenerKind;
import java.time.Duration;
import java.util.function.Supplier;

/** Tells the checkers what listeners are told, and then does what the plan's listener does: fail, hang, or call back. */
final class ProbedListener implements BatchListener {
    private final SimulatedProcess process;
    private final ListenerKind kind;
    private final Checkers checkers;
    private final Trace trace;
    private final Calm calm;
    private final Supplier<BatchEngine> engine;

    ProbedListener(
            SimulatedProcess process,
            ListenerKind kind,
            Checkers checkers,
            Trace trace,
            Calm calm,
            Supplier<BatchEngine> engine) {
        this.process = process;
        this.kind = kind;
        this.checkers = checkers;
        this.trace = trace;
        this.calm = calm;
        this.engine = engine;
    }

    @Override
    public void statusChanged(BatchEvent.StatusChanged event) {
        trace.add(process, "tells ", event.batch().batchId(), " ", event.status());
        told(event);
    }

    @Override
    public void filesSettled(BatchEvent.FilesSettled event) {
        trace.add(process, "tells ", event.batch().batchId(), " ", event.files().size(), " files settled");
        told(event);
    }

    @Override
    public void progressed(BatchEvent.Progressed event) {
        told(event);
    }

    private void told(BatchEvent event) {
        checkers.told(process, event);
        if (calm.hasBegun()) {
            return;
        }
        switch (kind) {
            case PLAIN -> {}
            case THROWS -> throw new AssertionError("a listener that throws");
            case SLOW -> {
                try {
                    process.sleep(Duration.ofMillis(700));
                } catch (InterruptedException e) {
                    throw new IllegalStateException("nobody interrupts listeners", e);
                }
            }
            case CALLS_BACK -> {
                try {
                    var batches = engine.get().batches(event.batch().scope().projectId());
                    batches.progress(event.batch().batchId());
                    batches.get(event.batch().batchId());
                } catch (BatchEngineException down) {
                    trace.add(process, "listener's call: ", down.code());
                }
            }
        }
    }
}
