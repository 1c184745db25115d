package io.batchengine.internal.engine.batch;

import io.batchengine.internal.engine.base.EngineBase;
import io.batchengine.internal.engine.base.EngineParts;
import io.batchengine.internal.engine.base.Tuning;
import io.batchengine.internal.engine.commit.Committer;
import io.batchengine.internal.engine.dispatch.DispatchHost;
import io.batchengine.internal.engine.dispatch.Dispatcher;
import io.batchengine.internal.engine.events.Events;
import io.batchengine.internal.flow.FlowControl;
import io.batchengine.internal.flow.FlowHost;
import java.time.Duration;

/** What the batches of one engine share: who starts their jobs, who writes what they have to write, and who tells of it. */
public final class BatchServices extends EngineBase {
    public final Events events;
    public final Dispatcher dispatcher;
    public final FlowControl<DispatchHost> flow;
    public final Committer committer;
    public final Losses losses;

    public BatchServices(EngineParts parts, Tuning tuning, String owner) {
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
