package io.batchengine.internal.engine.dispatch;

import io.batchengine.internal.engine.base.EngineBase;
import io.batchengine.internal.engine.base.Problems;
import io.batchengine.internal.engine.base.Tuning;
import io.batchengine.internal.engine.job.Attempt;
import io.batchengine.internal.engine.job.JobCall;
import io.batchengine.internal.engine.job.JobResult;
import io.batchengine.internal.engine.job.StopCause;
import io.batchengine.internal.engine.job.Turn;
import io.batchengine.internal.flow.FlowControl;
import io.batchengine.internal.flow.QueuedBatch;
import io.batchengine.model.Text;
import io.batchengine.spi.Timer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/**
 * Gives turns to workers: as long as a worker and a slot are free and the store keeps up, the next batch by flow control has a turn.
 * Confined to the serial executor, apart from {@link #watch}.
 */
public final class Dispatcher {
    private static final Duration RETRY_REJECTED = Duration.ofMillis(100);

    private final EngineBase engine;
    private final FlowControl<DispatchHost> flow;
    private final BooleanSupplier keepsUp; // the store
    private final Isolation isolation;
    private final Map<Turn, DispatchHost> turns = new LinkedHashMap<>(); // with their batches
    private final Set<Thread> submitting = ConcurrentHashMap.newKeySet();
    private final Queue<Turn> deferred = new ConcurrentLinkedQueue<>(); // left by a thread that is submitting already
    private boolean stopped;
    private boolean suspended;
    private boolean rejected;
    private boolean flushing;
    private final Set<Attempt> stuck = ConcurrentHashMap.newKeySet(); // given up, still running; any thread reads

    public Dispatcher(EngineBase engine, FlowControl<DispatchHost> flow, BooleanSupplier keepsUp) {
        this.engine = engine;
        this.flow = flow;
        this.keepsUp = keepsUp;
        this.isolation = new Isolation(engine, flow, this::dispatch);
    }

    /** A batch may have something to start. */
    public void offer(DispatchHost batch) {
        if (batch.isReady()) {
            flow.offer(batch.place());
        }
    }

    /** Starts what can be started. */
    public void dispatch() {
        while (!stopped
                && !suspended
                && !rejected
                && turns.size() < engine.runners.parallelism()
                && keepsUp.getAsBoolean()) {
            DispatchHost batch = isolation.isWanted() ? isolation.turn() : flow.next();
            if (batch == null) {
                return;
            }
            Turn turn = batch.nextTurn();
            if (turn == null) {
                batch.place().arrived();
                flow.release(batch.place(), 0, 0);
                continue;
            }
            turns.put(turn, batch);
            offer(batch);
            engine.serial.lastly(() -> engine.runners.handOver().submit(() -> submit(turn)));
            flushLater();
        }
    }

    /** A batch has its slot back from a turn that has ended, and may tell what became of its files. */
    public void turnEnded(Turn turn, QueuedBatch<DispatchHost> place) {
        turns.remove(turn);
        flow.accepted(place, turn.accepted);
        if (turn.notNow != null) {
            flow.refused(place, turn.notNow, turn.refusedNanos, idleBeside(place));
        }
        if (turn.holdsSlot) {
            flow.release(place, engine.nanos() - turn.slotNanos, turn.starts);
        } else {
            flow.released(place); // what it asked for in vain may have kept others from asking
        }
        stuck.removeIf(attempt -> attempt.turn == turn && !attempt.isAsynchronous());
    }

    /** A job that completes by itself has ended; where it was given up before, its result does not count. */
    public void asynchronousEnded(Attempt attempt, QueuedBatch<DispatchHost> place, JobResult result, boolean counts) {
        if (counts && result instanceof JobResult.NotNow wait) {
            flow.refused(place, wait.retryAfter(), attempt.startedNanos, idleBeside(place));
        } else {
            flow.accepted(place, 1);
        }
        flow.release(place, engine.nanos() - attempt.startedNanos, 1);
        if (!counts) {
            stuck.remove(attempt);
        }
    }

    /** Slots that turns hold beside a place without a job in them. */
    private int idleBeside(QueuedBatch<DispatchHost> place) {
        int idle = 0;
        for (Map.Entry<Turn, DispatchHost> turn : turns.entrySet()) {
            if (turn.getKey().current() == null && turn.getValue().place().isBeside(place)) {
                idle++;
            }
        }
        return idle;
    }

    /** Bounds the time of an attempt. Called by workers. */
    public Timer.Timeout watch(DispatchHost batch, Attempt attempt, Duration limit) {
        return engine.later(() -> stop(batch, attempt, StopCause.TIMEOUT), limit);
    }

    /** Asks a job to stop, and gives it up when its grace time is over. */
    public void stop(DispatchHost batch, Attempt attempt, StopCause cause) {
        engine.serial.afterwards(() -> attempt.requestStop(cause));
        engine.later(() -> giveUp(batch, attempt, cause), engine.tuning.stopGrace());
    }

    /** Goes on without a job that did not stop. Its slot comes back when its body returns. */
    private void giveUp(DispatchHost batch, Attempt attempt, StopCause cause) {
        if (!attempt.abandon()) {
            return;
        }
        stuck.add(attempt);
        batch.givenUp(
                attempt,
                JobCall.abandoned(
                        cause,
                        engine.tuning.stopGrace(),
                        batch.batch().options().jobTimeout()));
        dispatch();
    }

    /** No further turn, for ever. */
    public void stop() {
        stopped = true;
    }

    /** Starts nothing while this engine can't be sure that its batches are its own. True where that changes whether their gates are open. */
    public boolean suspend(boolean on) {
        boolean changes = suspended != on;
        suspended = on;
        return changes;
    }

    public Isolation isolation() {
        return isolation;
    }

    public boolean isSuspended() {
        return suspended;
    }

    /** What to tell where jobs that were given up hold all workers. Any thread. */
    public Optional<String> allStuck() {
        int workers = engine.runners.parallelism();
        List<Attempt> holding =
                stuck.stream().filter(attempt -> !attempt.isAsynchronous()).toList();
        return holding.size() < workers
                ? Optional.empty()
                : Optional.of(Text.format(
                        "all %d workers are held by jobs that did not stop when they were asked to, such as %s: nothing else runs",
                        workers, holding.get(0).jobId()));
    }

    /** Takes back the turns of a batch that no worker has begun: an executor may have dropped them. */
    public void takeBack(DispatchHost batch) {
        for (Turn turn : List.copyOf(turns.keySet())) {
            if (turn.host == batch && turn.takeBack()) {
                neverRan(turn);
            }
        }
    }

    /** Jobs that were given up and still run. Any thread. */
    public Set<Attempt> stuck() {
        return stuck;
    }

    /**
     * Gives a turn to the executor. One that runs it on this very thread comes back here for the next turn: that one waits until this
     * call is over, or the stack would grow with every turn.
     */
    private void submit(Turn turn) {
        Thread self = Thread.currentThread();
        if (!submitting.add(self)) {
            deferred.add(turn);
            return;
        }
        try {
            for (Turn next = turn; next != null; next = deferred.poll()) {
                execute(next);
            }
        } finally {
            submitting.remove(self);
        }
    }

    private void execute(Turn turn) {
        try {
            engine.runners.jobs().execute(turn);
            engine.problems.clear(Problems.JOBS_REJECTED);
        } catch (Throwable refused) { // also an Error of an executor that can't make a thread
            if (!engine.isOver()) {
                engine.problems.setFor(
                        Problems.REJECTION,
                        Problems.JOBS_REJECTED,
                        "the executor rejects tasks: " + Text.describe(refused));
            }
            engine.serial.submit(() -> rejected(turn));
        }
    }

    private void rejected(Turn turn) {
        if (!rejected) {
            rejected = true;
            engine.later(
                    () -> {
                        rejected = false;
                        dispatch();
                    },
                    RETRY_REJECTED);
        }
        if (turn.takeBack()) { // unless it ran all the same
            neverRan(turn);
        }
    }

    private void neverRan(Turn turn) {
        turn.neverRan();
        turn.host.turnEnded(turn);
    }

    /** A slow job must not keep back the results of the fast ones before it in the same turn. */
    private void flushLater() {
        if (!flushing) {
            flushing = true;
            engine.later(this::flush, Tuning.FLUSH_INTERVAL);
        }
    }

    private void flush() {
        flushing = false;
        turns.forEach((turn, batch) -> batch.absorbResults(turn));
        if (!turns.isEmpty()) {
            flushLater();
        }
    }
}
