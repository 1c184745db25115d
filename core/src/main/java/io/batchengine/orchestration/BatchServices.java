package io.batchengine.orchestration;

import io.batchengine.flow.FlowControl;
import io.batchengine.flow.FlowHost;
import java.time.Duration;

/** What the batches of one engine share: who starts their jobs, who writes what they have to write, and who tells of it. */
final class BatchServices extends EngineBase {
    final Events events;
    final Dispatcher dispatcher;
    final FlowControl<DispatchHost> flow;
    final Committer committer;
    final Losses losses;

    BatchServices(EngineParts parts, Tuning tuning, String owner) {
        super(parts, tuning, owner);
        this.events = new Events(parts.listeners(), this);
        this.flow = new FlowControl<>(parts.limits(), parts.ticker(), DispatchHost::isReady, new FlowHost() {
            @Override
            public void later(Runnable decision, Duration delay) {
                BatchServices.this.later(decision, delay);
            }

            @Override
            public void dispatch() {
                dispatcher.dispatch();
            }
        });
        this.committer = new Committer(this, flow::inFlight, this::dispatch);
        this.dispatcher = new Dispatcher(this, flow, committer::keepsUp);
        this.losses = new Losses(problems);
    }

    private void dispatch() {
        dispatcher.dispatch();
    }
}
