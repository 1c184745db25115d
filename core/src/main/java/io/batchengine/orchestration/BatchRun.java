package io.batchengine.orchestration;

import io.batchengine.flow.QueuedBatch;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.StatusReason;
import io.batchengine.model.Text;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.ClaimRef;
import io.batchengine.spi.store.StoredBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One batch that this engine owns, from its claim to its end. All of it is confined to the serial executor, but for the gate, the set of
 * jobs in flight and the durable state, which workers and readers see.
 *
 * <h2>The way of a file</h2>
 *
 * The lister hands over a page; the next commit records it as a page; once that is applied, its files stand in {@link Work}; a turn takes
 * and runs them; what it settled is absorbed here and recorded by the next commit; when listing has ended and all is settled, that
 * commit carries COMPLETED.
 */
final class BatchRun implements ListerHost {
    final EngineContext engine;
    final BatchRecord batch;
    final ClaimRef hold;
    final JobFactory factory;

    final InFlight inFlight = new InFlight();

    /** By which due times are told and kept. */
    final EvenClock clock;

    /** Of files settled. */
    final RecentRate rate;
    /** Of attempts that have ended, by which the time left is told: a retry takes as long as a first attempt. */
    final RecentRate pace;

    final QueuedBatch<BatchRun> place;

    private final Work work = new Work();
    private final PoisonFiles poisonFiles = new PoisonFiles(this);
    final DelayedFiles delayed;
    private final Retries retries;
    private final Lister lister;
    private final Throttle throttle;
    private final CommitDraft draft;
    private RunPhase phase = RunPhase.ACTIVE;
    private final NextStatus nextStatus;
    private boolean started;
    private boolean cancelAtStart; // asked for while what an earlier engine left was being read
    private volatile boolean open = true;

    BatchRun(EngineContext engine, StoredBatch claimed, JobFactory factory, SourceDirectory directory) {
        this.engine = engine;
        this.batch = claimed.request();
        this.hold = claimed.hold();
        this.factory = factory;
        this.place = engine.flow.join(
                this,
                batch.scope().projectId(),
                batch.config().job().type(),
                batch.options().weight());
        this.clock = new EvenClock(engine);
        this.rate = new RecentRate(engine.nanos());
        this.pace = new RecentRate(engine.nanos());
        this.delayed = new DelayedFiles(this, work, poisonFiles);
        this.retries = new Retries(this, work, poisonFiles, delayed);
        this.lister = new Lister(engine, claimed, directory, this);
        this.throttle = new Throttle(this, claimed.state().status() == BatchStatus.THROTTLED);
        this.nextStatus = new NextStatus(this, throttle);
        this.draft = new CommitDraft(this, claimed);
    }

    /** Takes the batch up. */
    void start(Recovered recovered) {
        if (phase != RunPhase.ACTIVE) {
            return;
        }
        started = true;
        draft.recover(recovered);
        delayed.recover(recovered.storedDelays(), recovered.firstDue());
        recovered.unsettled().forEach(file -> retries.takeOver(file, recovered.ownerLost()));
        updateGate();
        if (durable().state().cancelRequested() || cancelAtStart) {
            cancel();
        }
        lister.goOn();
        changed();
    }

    // What workers and readers see.

    /** Whether a job may start now. Any thread. */
    boolean mayStart() {
        return open;
    }

    /** The state as it was last written. Any thread. */
    StoredBatch durable() {
        return draft.durable();
    }

    /** What only its owner knows of its progress. Any thread. */
    ProgressView.Running running() {
        long nanos = engine.nanos();
        return new ProgressView.Running(
                inFlight.count(),
                rate.perSecond(nanos),
                pace.perSecond(nanos),
                delayed.longestWait(engine.now()),
                throttle.reason());
    }

    /** What the engine is about with it. */
    RunPhase phase() {
        return phase;
    }

    @Override
    public boolean wantsPages() {
        return phase == RunPhase.ACTIVE && poisonFiles.isEmpty() && roomForPages() > 0;
    }

    @Override
    public int roomForPages() {
        return draft.readAhead() - work.pages() - draft.pages();
    }

    @Override
    public void listed(CheckedPage page) {
        if (draft.listedEnd() + page.ids().size() > batch.options().maxFiles()) {
            draft.cutOff();
            fail(
                    StatusReason.Code.TOO_MANY_FILES,
                    Text.format(
                            "the source directory has more than the %d files that the batch may have",
                            batch.options().maxFiles()));
            return;
        }
        draft.addPage(page);
        changed();
    }

    /** A page is recorded: its files may start. */
    void pageRecorded(SharedPage page) {
        if (phase == RunPhase.ACTIVE) {
            work.addPage(page);
        }
    }

    boolean listingEnded() {
        return lister.hasEnded();
    }

    @Nullable
    String listedTo() {
        return lister.lastId();
    }

    boolean isReady() {
        return open && work.isReady();
    }

    @Nullable
    Turn nextTurn() {
        Turn turn = work.nextTurn(this);
        if (turn == null) {
            return null;
        }
        inFlight.add(turn);
        pace.goesOn(engine.nanos());
        throttle.started();
        throttle.update();
        if (draft.isDue()) {
            engine.committer.dirty(draft);
        }
        return turn;
    }

    void turnEnded(Turn turn) {
        inFlight.remove(turn);
        if (!turn.stuck && phase != RunPhase.GONE) {
            absorbResults(turn);
            turn.failed.forEach(retries::failed);
            turn.putBack.forEach(retries::putBack);
        }
        changed();
    }

    /** Takes the results that a turn has by now. */
    void absorbResults(Turn turn) {
        if (!turn.stuck && phase != RunPhase.GONE && draft.addSettled(turn.results) > 0) {
            judgeFailures();
            engine.committer.dirty(draft);
        }
    }

    void asyncEnded(Attempt attempt, JobCall.Result result) {
        inFlight.removeAsynchronous(attempt);
        ended(attempt, result);
    }

    /** An attempt outside of a turn's own account has ended. */
    void ended(Attempt attempt, JobCall.Result result) {
        if (phase == RunPhase.GONE) {
            return;
        }
        if (attempt.turn.stuck && attempt.turn.current() != null) {
            // The turn will not tell: what it has is fetched now. What it wrote before it published its attempt is seen
            // here.
            draft.addSettled(attempt.turn.results);
            attempt.turn.failed.forEach(retries::failed);
        }
        if (result instanceof JobCall.Result.Settled settled) {
            settle(attempt.turn.settled(attempt, settled, engine.nanos()));
        } else if (result instanceof JobCall.Result.Retry retry) {
            retries.failed(attempt.failed(retry));
        } else {
            retries.putBack(attempt.putBack());
        }
        changed();
    }

    /** What is told of a file that is not settled is recorded. */
    void recorded(DelayedFile file) {
        RequeuedFile again = poisonFiles.marked(file);
        if (again != null) {
            work.addDue(again);
        } else {
            delayed.recorded(file); // what follows an applied commit looks for work
        }
    }

    /** A file is settled; only of one that was tried before does anything else know. */
    void settled(SettledFile file) {
        if (file.attempts() > 1 || phase != RunPhase.ACTIVE) {
            delayed.ended(file.ordinal());
        }
        ended(file.ordinal());
    }

    /** A file was taken and not started, or its start does not count. */
    void putBack(RequeuedFile again) {
        retries.putBack(again);
    }

    /** A file's attempt came to an end. */
    void ended(long ordinal) {
        if (!poisonFiles.isEmpty()) {
            poisonFiles.ended(ordinal);
        }
    }

    PoisonFiles poisonFiles() {
        return poisonFiles;
    }

    /** Records an end that no turn tells of. */
    void settle(SettledFile file) {
        if (phase != RunPhase.GONE) {
            draft.addSettled(file);
        }
    }

    // Ends.

    /** A cancel request stands. */
    void cancel() {
        if (phase == RunPhase.CANCELLING || phase == RunPhase.GONE) {
            return;
        }
        if (!started) {
            cancelAtStart = true;
            return;
        }
        stopStarting(RunPhase.CANCELLING);
        stopRunning(StopCause.CANCEL);
        changed();
    }

    /** Whether a cancel request is known to stand. */
    boolean isToBeCancelled() {
        return cancelAtStart || durable().state().cancelRequested();
    }

    /** The orchestration can't go on. While the engine closes, that only keeps the batch from being COMPLETED. */
    @Override
    public void fail(StatusReason.Code code, String message) {
        if (phase == RunPhase.ACTIVE || phase == RunPhase.RELEASING) {
            nextStatus.failed(new StatusReason(code, message, engine.now()));
        }
        if (phase == RunPhase.ACTIVE) {
            stopStarting(RunPhase.FAILING);
            changed();
        }
    }

    /** Before anything is written of them: no last file may let a batch with too many failures be COMPLETED. */
    private void judgeFailures() {
        String tooMany = draft.tooManyFailures();
        if (tooMany != null) {
            fail(StatusReason.Code.TOO_MANY_FAILURES, tooMany);
        }
    }

    /** The engine closes. */
    void release() {
        if (phase == RunPhase.ACTIVE) {
            phase = RunPhase.RELEASING;
            updateGate();
            lister.close();
        }
    }

    /** Another engine has the batch, or nobody: whatever it does from now on does not count here. */
    void lost() {
        if (phase != RunPhase.GONE) {
            stopStarting(RunPhase.GONE);
            stopRunning(StopCause.RELEASE);
            draft.discard();
            leave();
        }
    }

    /** Rows of it are damaged: nothing of it runs any more. No write of it is under way. */
    void damaged(String message) {
        StoredBatch batch = isToBeCancelled() ? durable().withCancelRequested() : durable();
        lost();
        engine.damaged.accept(batch, message);
    }

    /** Its terminal status is recorded. */
    void finished() {
        stopStarting(RunPhase.GONE);
        draft.discard();
        leave();
        engine.waiters.ended(durable());
    }

    private void leave() {
        engine.active.remove(this);
        engine.flow.leave(place);
    }

    /** Asks all running jobs to stop. */
    void stopRunning(StopCause cause) {
        if (cause == StopCause.RELEASE) {
            engine.serial.submit(() -> engine.dispatcher.takeBack(this));
        }
        inFlight.attempts().forEach(attempt -> engine.dispatcher.stop(attempt, cause));
    }

    /** Whether its terminal status may be under way: the store may have ended its hold already. */
    boolean isEnding() {
        return draft.isTerminalUnderWay();
    }

    private void stopStarting(RunPhase next) {
        phase = next;
        updateGate();
        if (inFlight.count() > 0) { // a turn that is begun sees the gate; one that an executor has dropped never is
            engine.later(() -> engine.dispatcher.takeBack(this), engine.tuning.stopGrace());
        }
        lister.close();
        List<RequeuedFile> tried = work.close();
        tried.addAll(delayed.close());
        tried.addAll(poisonFiles.close());
        if (next != RunPhase.GONE) {
            draft.dropPages();
            tried.forEach(retries::putBack);
        }
    }

    void updateGate() {
        open = phase == RunPhase.ACTIVE && !engine.dispatcher.isSuspended();
    }

    // Status.

    NextStatus nextStatus() {
        return nextStatus;
    }

    Throttle throttle() {
        return throttle;
    }

    /** Whether it has something to start and nothing in flight. */
    boolean isWaiting() {
        return phase == RunPhase.ACTIVE && inFlight.isQuiet() && work.isReady();
    }

    /** Whether nothing runs, and nothing will until a retry is due. */
    private boolean waitsForRetries() {
        return inFlight.isQuiet() && lister.hasEnded() && draft.pages() == 0 && !work.isReady();
    }

    /** Whether nothing of it is under way that may start a job or settle a file. */
    boolean isQuiet() {
        return inFlight.isQuiet() && !delayed.isReading();
    }

    /** Whether nothing of it runs, and nothing waits that has to be settled before it ends. */
    boolean mayEnd() {
        return isQuiet() && delayed.isEmpty();
    }

    /** Whether files that an earlier engine left may have killed it. */
    boolean isolates() {
        return durable().state().crashes() >= Tuning.ISOLATING_CRASHES;
    }

    CommitDraft draft() {
        return draft;
    }

    /** Something changed: looks what is to be done next. */
    void changed() {
        if (phase == RunPhase.GONE || !started) { // until it is read back, what it would write is wrong
            return;
        }
        judgeFailures();
        inFlight.recount();
        if (phase == RunPhase.ACTIVE) {
            poisonFiles.goOn();
        }
        delayed.goOn();
        engine.dispatcher.offer(this);
        engine.dispatcher.dispatch();
        throttle.update(); // of what could not be started
        lister.goOn();
        if (phase == RunPhase.ACTIVE && waitsForRetries()) {
            pace.rests(engine.nanos());
        }
        if (draft.isDue()) {
            engine.committer.dirty(draft);
        }
    }
}
