package io.batchengine.internal.engine.batch;

import io.batchengine.internal.engine.dispatch.DispatchHost;
import io.batchengine.internal.engine.job.Attempt;
import io.batchengine.internal.engine.job.InFlight;
import io.batchengine.internal.engine.job.JobResult;
import io.batchengine.internal.engine.job.StopCause;
import io.batchengine.internal.engine.job.Turn;
import io.batchengine.internal.flow.QueuedBatch;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Timer;
import io.batchengine.spi.store.BatchRecord;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one batch: gives turns to workers while its gate is open, takes what they come to, and stops them. Confined to the serial
 * executor, except for the gate and the jobs in flight, which workers see.
 */
final class RunningJobs implements DispatchHost {
    private final BatchServices engine;
    private final RunState state;
    private final JobFactory factory;
    private final Work work;
    private final JobOutcomes outcomes;
    private final InFlight inFlight = new InFlight();
    private final QueuedBatch<DispatchHost> place;
    private volatile boolean open = true;

    RunningJobs(BatchServices engine, RunState state, JobFactory factory, Work work, JobOutcomes outcomes) {
        this.engine = engine;
        this.state = state;
        this.factory = factory;
        this.work = work;
        this.outcomes = outcomes;
        this.place = engine.flow.join(
                this,
                state.batch.scope().projectId(),
                state.batch.config().job().type(),
                state.batch.options().weight());
    }

    @Override
    public BatchRecord batch() {
        return state.batch;
    }

    @Override
    public long epoch() {
        return state.claim.epoch();
    }

    @Override
    public JobFactory factory() {
        return factory;
    }

    @Override
    public QueuedBatch<DispatchHost> place() {
        return place;
    }

    @Override
    public boolean mayStart() {
        return open;
    }

    void updateGate() {
        open = state.isActive() && !engine.dispatcher.isSuspended();
    }

    InFlight inFlight() {
        return inFlight;
    }

    // Turns.

    @Override
    public boolean isReady() {
        return open && work.isReady();
    }

    @Override
    public @Nullable Turn nextTurn() {
        Turn turn = work.nextTurn(engine, this);
        if (turn != null) {
            inFlight.add(turn);
            outcomes.turnGiven();
        }
        return turn;
    }

    @Override
    public void turnEnded(Turn turn) {
        engine.dispatcher.turnEnded(turn, place);
        inFlight.remove(turn);
        if (!turn.stuck && !state.isGone()) {
            absorbResults(turn);
            turn.failed.forEach(outcomes::failed);
            turn.putBack.forEach(outcomes::putBack);
        }
        state.changed();
        engine.dispatcher.dispatch(); // others may have waited for the slot
    }

    @Override
    public void absorbResults(Turn turn) {
        if (!turn.stuck && !state.isGone() && outcomes.add(turn.results) > 0) {
            outcomes.added();
        }
    }

    // Attempts outside of a turn's own account.

    @Override
    public void addAsynchronous(Attempt attempt) {
        inFlight.addAsynchronous(attempt);
    }

    @Override
    public void removeAsynchronous(Attempt attempt) {
        inFlight.removeAsynchronous(attempt);
    }

    @Override
    public void asynchronousEnded(Attempt attempt, JobResult result, boolean counts) {
        engine.dispatcher.asynchronousEnded(attempt, place, result, counts);
        if (counts) {
            inFlight.removeAsynchronous(attempt);
            ended(attempt, result);
        } else {
            state.changed(); // it may have waited for the slot
        }
        engine.dispatcher.dispatch();
    }

    @Override
    public void givenUp(Attempt attempt, JobResult result) {
        if (!inFlight.removeAsynchronous(attempt)) {
            attempt.turn.stuck = true;
        }
        ended(attempt, result);
    }

    private void ended(Attempt attempt, JobResult result) {
        if (state.isGone()) {
            return;
        }
        if (attempt.turn.stuck && attempt.turn.current() != null) {
            // The turn will not tell: what it has is fetched now. What it wrote before it published its attempt is seen
            // here.
            outcomes.add(attempt.turn.results);
            attempt.turn.failed.forEach(outcomes::failed);
        }
        if (result instanceof JobResult.Settled settled) {
            outcomes.settle(attempt.turn.settled(attempt, settled, engine.nanos()));
        } else if (result instanceof JobResult.Retry retry) {
            outcomes.failed(attempt.failed(retry));
        } else {
            outcomes.putBack(attempt.putBack());
        }
        state.changed();
    }

    // Stops.

    @Override
    public Timer.Timeout watch(Attempt attempt, Duration limit) {
        return engine.dispatcher.watch(this, attempt, limit);
    }

    /** Asks all running jobs to stop. */
    void stop(StopCause cause) {
        if (cause == StopCause.RELEASE) {
            engine.serial.submit(() -> engine.dispatcher.takeBack(this));
        }
        inFlight.attempts().forEach(attempt -> engine.dispatcher.stop(this, attempt, cause));
    }

    /** The gate is closed: a turn that is begun sees that; one that an executor has dropped never does. */
    void takeBackLater() {
        if (inFlight.count() > 0) {
            engine.later(() -> engine.dispatcher.takeBack(this), engine.tuning.stopGrace());
        }
    }
}
