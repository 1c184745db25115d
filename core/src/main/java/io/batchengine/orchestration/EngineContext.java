package io.batchengine.orchestration;

import io.batchengine.flow.FlowControl;
import io.batchengine.flow.FlowHost;
import io.batchengine.spi.store.StoredBatch;
import java.time.Duration;
import java.util.function.BiConsumer;

/** The parts of one engine that know one another. */
final class EngineContext extends EngineBase {
    final JobTypes jobTypes;
    final ActiveRuns active = new ActiveRuns();
    final Events events;
    final Dispatcher dispatcher;
    final FlowControl<BatchRun> flow;
    final Isolation isolation;
    final Committer committer;
    final Waiters waiters;
    final Losses losses;
    /** Who is told of a batch of this engine that turns out to be damaged, and how. */
    BiConsumer<StoredBatch, String> damaged = (batch, message) -> {};

    EngineContext(EngineParts parts, Tuning tuning, String owner) {
        super(parts, tuning, owner);
        this.jobTypes = parts.jobTypes();
        this.events = new Events(parts.listeners(), this);
        this.dispatcher = new Dispatcher(this);
        this.flow = new FlowControl<>(parts.limits(), parts.ticker(), BatchRun::isReady, new FlowHost() {
            @Override
            public void later(Runnable decision, Duration delay) {
                EngineContext.this.later(decision, delay);
            }

            @Override
            public void dispatch() {
                dispatcher.dispatch();
            }
        });
        this.isolation = new Isolation(this);
        this.committer = new Committer(this, flow::inFlight, dispatcher::dispatch);
        this.waiters = new Waiters(this, batchId -> active.find(batchId) != null);
        this.losses = new Losses(problems);
    }
}
