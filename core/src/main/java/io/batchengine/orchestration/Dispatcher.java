package io.batchengine.orchestration;

import io.batchengine.flow.QueuedBatch;
import io.batchengine.model.Text;
import io.batchengine.spi.Timer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Gives turns to workers: as long as a worker and a slot are free and the store keeps up, the next batch by flow control has a turn.
 * Confined to the serial executor, apart from {@link #watch}.
 */
final class Dispatcher {
    private static final Duration RETRY_REJECTED = Duration.ofMillis(100);

    private final EngineContext engine;
    private final Set<Turn> turns = new LinkedHashSet<>();
    private final Set<Thread> submitting = ConcurrentHashMap.newKeySet();
    private final Queue<Turn> deferred = new ConcurrentLinkedQueue<>(); // left by a thread that is submitting already
    private boolean stopped;
    private boolean suspended;
    private boolean rejected;
    private boolean flushing;
    private final Set<Attempt> stuck = ConcurrentHashMap.newKeySet(); // given up, still running; any thread reads

    Dispatcher(EngineContext engine) {
        this.engine = engine;
    }

    /** A batch may have something to start. */
    void offer(BatchRun run) {
        if (run.isReady()) {
            engine.flow.offer(run.place);
        }
    }

    /** Starts what can be started. */
    void dispatch() {
        while (!stopped
                && !suspended
                && !rejected
                && turns.size() < engine.runners.parallelism()
                && engine.committer.keepsUp()) {
            BatchRun run = engine.isolation.isWanted() ? engine.isolation.turn() : engine.flow.next();
            if (run == null) {
                return;
            }
            Turn turn = run.nextTurn();
            if (turn == null) {
                run.place.arrived();
                engine.flow.release(run.place, 0, 0);
                continue;
            }
            turns.add(turn);
            offer(run);
            engine.serial.lastly(() -> engine.runners.handOver().submit(() -> submit(turn)));
            flushLater();
        }
    }

    void turnEnded(Turn turn) {
        turns.remove(turn);
        QueuedBatch<BatchRun> place = turn.run.place;
        engine.flow.accepted(place, turn.accepted);
        if (turn.notNow != null) {
            engine.flow.refused(place, turn.notNow, turn.refusedNanos, idleBeside(place));
        }
        if (turn.holdsSlot) {
            engine.flow.release(place, engine.nanos() - turn.slotNanos, turn.starts);
        } else {
            engine.flow.released(place); // what it asked for in vain may have kept others from asking
        }
        stuck.removeIf(attempt -> attempt.turn == turn && !attempt.isAsynchronous());
        turn.run.turnEnded(turn);
        dispatch();
    }

    /** A job that completes by itself has ended; its result is null where it was given up before. */
    void asyncEnded(Attempt attempt, JobCall.@Nullable Result result) {
        QueuedBatch<BatchRun> place = attempt.run.place;
        if (result instanceof JobCall.Result.NotNow wait) {
            engine.flow.refused(place, wait.retryAfter(), attempt.startedNanos, idleBeside(place));
        } else {
            engine.flow.accepted(place, 1);
        }
        engine.flow.release(place, engine.nanos() - attempt.startedNanos, 1);
        if (result == null) {
            stuck.remove(attempt);
            attempt.run.changed(); // it may have waited for the slot
        } else {
            attempt.run.asyncEnded(attempt, result);
        }
        dispatch();
    }

    /** Slots that turns hold beside a place without a job in them. */
    private int idleBeside(QueuedBatch<BatchRun> place) {
        int idle = 0;
        for (Turn turn : turns) {
            if (turn.current() == null && turn.run.place.isBeside(place)) {
                idle++;
            }
        }
        return idle;
    }

    /** Bounds the time of an attempt. Called by workers. */
    Timer.Timeout watch(Attempt attempt, Duration limit) {
        return engine.later(() -> stop(attempt, StopCause.TIMEOUT), limit);
    }

    /** Asks a job to stop, and gives it up when its grace time is over. */
    void stop(Attempt attempt, StopCause cause) {
        engine.serial.afterwards(() -> attempt.requestStop(cause));
        engine.later(() -> giveUp(attempt, cause), engine.tuning.stopGrace());
    }

    /** Goes on without a job that did not stop. Its slot comes back when its body returns. */
    void giveUp(Attempt attempt, StopCause cause) {
        if (!attempt.abandon()) {
            return;
        }
        stuck.add(attempt);
        BatchRun run = attempt.run;
        if (!run.inFlight.removeAsynchronous(attempt)) {
            attempt.turn.stuck = true;
        }
        run.ended(
                attempt,
                JobCall.abandoned(
                        cause, engine.tuning.stopGrace(), run.batch.options().jobTimeout()));
        dispatch();
    }

    /** No further turn, for ever. */
    void stop() {
        stopped = true;
    }

    /** Starts nothing while this engine can't be sure that its batches are its own. */
    void suspend(boolean on) {
        if (suspended != on) {
            suspended = on;
            engine.active.all().forEach(BatchRun::updateGate);
            // Those that fell out of line meanwhile stand in it again.
            engine.active.all().forEach(BatchRun::changed);
        }
    }

    boolean isSuspended() {
        return suspended;
    }

    /** What to tell where jobs that were given up hold all workers. Any thread. */
    Optional<String> allStuck() {
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
    void takeBack(BatchRun run) {
        for (Turn turn : List.copyOf(turns)) {
            if (turn.run == run && turn.takeBack()) {
                neverRan(turn);
            }
        }
    }

    /** Jobs that were given up and still run. Any thread. */
    Set<Attempt> stuck() {
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
        turnEnded(turn);
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
        turns.forEach(turn -> turn.run.absorbResults(turn));
        if (!turns.isEmpty()) {
            flushLater();
        }
    }
}
