package io.batchengine.internal.engine.batch;

import io.batchengine.internal.engine.dispatch.DispatchHost;
import io.batchengine.internal.engine.dispatch.Isolation;
import io.batchengine.internal.engine.events.CommitEvents;
import io.batchengine.internal.engine.events.ProgressView;
import io.batchengine.internal.engine.job.InFlight;
import io.batchengine.internal.engine.job.RequeuedFile;
import io.batchengine.internal.engine.job.ResultBuffer;
import io.batchengine.internal.engine.job.SharedPage;
import io.batchengine.internal.engine.job.StopCause;
import io.batchengine.internal.flow.QueuedBatch;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.ClaimRef;
import io.batchengine.spi.store.StoredBatch;
import java.util.List;

/**
 * One batch that this engine owns, from its claim to its end. All of it is confined to the serial executor, except for the gate, the set of
 * jobs in flight and the durable state, which workers and readers see.
 *
 * <h2>The way of a file</h2>
 *
 * The lister hands over a page; the next commit records it as a page; once that is applied, its files stand in {@link Work}; a turn takes
 * and runs them; what it settled is absorbed here and recorded by the next commit; when listing has ended and all is settled, that
 * commit carries COMPLETED.
 */
public final class BatchRun implements JobOutcomes, ListerHost, CommitHost, DelayHost {
    private final BatchServices engine;
    private final RunOwner owner;
    private final RunState state;

    /** Of files settled. */
    private final RecentRate rate;
    /** Of attempts that have ended, by which the time left is told: a retry takes as long as a first attempt. */
    private final RecentRate pace;

    private final Work work = new Work();
    private final RunningJobs jobs;
    private final PoisonFiles poisonFiles;
    private final DelayedFiles delayed;
    private final Retries retries;
    private final Lister lister;
    private final Throttle throttle;
    private final SettledOrdinals ordinals;
    private final CommitDraft draft;
    private final NextStatus nextStatus;
    private boolean started;
    private boolean cancelAtStart; // asked for while what an earlier engine left was being read

    public BatchRun(
            BatchServices engine, RunOwner owner, StoredBatch claimed, JobFactory factory, SourceDirectory directory) {
        this.engine = engine;
        this.owner = owner;
        this.state = new RunState(engine, claimed, this::changed);
        this.rate = new RecentRate(engine.nanos());
        this.pace = new RecentRate(engine.nanos());
        Isolation isolation = engine.dispatcher.isolation();
        this.ordinals = new SettledOrdinals(claimed.state().settledBelow());
        this.jobs = new RunningJobs(engine, state, factory, work, this);
        this.poisonFiles = new PoisonFiles(jobs, isolation, this::mark);
        this.delayed = new DelayedFiles(state, this, ordinals, work, poisonFiles, engine.committer::keepsUp);
        this.retries = new Retries(state, work, poisonFiles, delayed, this::settle, this::delay);
        this.lister = new Lister(engine, claimed, directory, this);
        this.throttle =
                new Throttle(state, inFlight(), work, () -> engine.flow.holdOf(jobs.place()), isolation::isWanted);
        this.nextStatus = new NextStatus(state, throttle, inFlight(), delayed);
        CommitEvents events = new CommitEvents(
                engine.events,
                engine::nanos,
                written -> ProgressView.of(written, running(), engine.storeFailure(written.id())));
        this.draft = new CommitDraft(engine, state, this, ordinals, nextStatus, lister, events);
    }

    /** Takes the batch up. */
    public void start(Recovered recovered) {
        if (!state.isActive()) {
            return;
        }
        started = true;
        recovered.pages().forEach(ordinals::addPage);
        ordinals.listedTo(recovered.listedEnd());
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

    /** What it was created with. Any thread. */
    public BatchRecord batch() {
        return state.batch;
    }

    /** The claim under which this engine owns it. Any thread. */
    public ClaimRef claim() {
        return state.claim;
    }

    @Override
    public boolean mayStart() {
        return jobs.mayStart();
    }

    /** The state as it was last written. Any thread. */
    public StoredBatch durable() {
        return state.durable();
    }

    /** What only its owner knows of its progress. Any thread. */
    public ProgressView.Running running() {
        long nanos = engine.nanos();
        return new ProgressView.Running(
                inFlight().count(),
                rate.perSecond(nanos),
                pace.perSecond(nanos),
                delayed.longestWait(engine.now()),
                throttle.reason());
    }

    @Override
    public boolean wantsPages() {
        return state.isActive() && poisonFiles.isEmpty() && roomForPages() > 0;
    }

    @Override
    public int roomForPages() {
        return draft.readAhead() - work.pages() - draft.pages();
    }

    @Override
    public void listed(CheckedPage page) {
        if (draft.listedEnd() + page.ids().size() > state.batch.options().maxFiles()) {
            draft.cutOff();
            fail(StatusReason.Code.TOO_MANY_FILES, TooManyFailures.files(state.batch.options()));
            return;
        }
        draft.addPage(page);
        changed();
    }

    @Override
    public void pageRecorded(SharedPage page) {
        if (state.isActive()) {
            work.addPage(page);
        }
    }

    @Override
    public void turnGiven() {
        pace.goesOn(engine.nanos());
        throttle.started();
        throttle.update();
        if (draft.isDue()) {
            engine.committer.dirty(draft);
        }
    }

    @Override
    public int add(ResultBuffer results) {
        return draft.addSettled(results);
    }

    @Override
    public void added() {
        judgeFailures();
        engine.committer.dirty(draft);
    }

    @Override
    public void failed(RequeuedFile again) {
        retries.failed(again);
    }

    @Override
    public void recorded(DelayedFile file) {
        RequeuedFile again = poisonFiles.marked(file);
        if (again != null) {
            work.addDue(again);
        } else {
            delayed.recorded(file); // what follows an applied commit looks for work
        }
    }

    @Override
    public void settled(SettledFile file) {
        if (file.attempts() > 1 || !state.isActive()) { // only of one that was tried before does anything else know
            delayed.ended(file.ordinal());
        }
        poisonFiles.ended(file.ordinal());
    }

    @Override
    public void written(int settled, int retried) {
        rate.ended(settled, engine.nanos());
        pace.ended(settled + retried, engine.nanos());
    }

    @Override
    public void putBack(RequeuedFile again) {
        retries.putBack(again);
    }

    @Override
    public void settle(SettledFile file) {
        if (!state.isGone()) {
            draft.addSettled(file);
        }
    }

    private void delay(DelayedFile file) {
        draft.addDelayed(file);
    }

    private void mark(DelayedFile file) {
        draft.addDelayed(file);
        engine.committer.dirty(draft);
    }

    // Ends.

    @Override
    public void cancel() {
        if (state.phase() == RunPhase.CANCELLING || state.isGone()) {
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
        if (state.isActive() || state.phase() == RunPhase.RELEASING) {
            nextStatus.failed(StatusReason.of(code, message, engine.now()));
        }
        if (state.isActive()) {
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
    public void release() {
        if (state.isActive()) {
            state.enter(RunPhase.RELEASING);
            updateGate();
            lister.close();
        }
    }

    /** Whatever it does from now on does not count here. */
    @Override
    public void lost() {
        if (!state.isGone()) {
            stopStarting(RunPhase.GONE);
            stopRunning(StopCause.RELEASE);
            draft.discard();
            leave();
        }
    }

    /** Nothing of it runs any more. No write of it is under way. */
    @Override
    public void damaged(String message) {
        StoredBatch last = isToBeCancelled() ? durable().withCancelRequested() : durable();
        lost();
        owner.damaged(last, message);
    }

    @Override
    public void finished() {
        stopStarting(RunPhase.GONE);
        draft.discard();
        leave();
        owner.ended(durable());
    }

    private void leave() {
        owner.left(this);
        engine.flow.leave(jobs.place());
    }

    /** Asks all running jobs to stop. */
    public void stopRunning(StopCause cause) {
        jobs.stop(cause);
    }

    /** Whether its terminal status may be under way: the store may have ended its hold already. */
    public boolean isEnding() {
        return draft.isTerminalUnderWay();
    }

    private void stopStarting(RunPhase next) {
        state.enter(next);
        updateGate();
        jobs.takeBackLater();
        lister.close();
        List<RequeuedFile> tried = work.close();
        tried.addAll(delayed.close());
        tried.addAll(poisonFiles.close());
        if (next != RunPhase.GONE) {
            draft.dropPages();
            tried.forEach(retries::putBack);
        }
    }

    public void updateGate() {
        jobs.updateGate();
    }

    // Status.

    /** Whether nothing runs, and nothing will until a retry is due. */
    private boolean waitsForRetries() {
        return inFlight().isQuiet() && lister.hasEnded() && draft.pages() == 0 && !work.isReady();
    }

    /** Whether nothing of it is under way that may start a job or settle a file. */
    public boolean isQuiet() {
        return inFlight().isQuiet() && !delayed.isReading();
    }

    /** Whether what it has to write waits for the store to take it. */
    public boolean isPaused() {
        return draft.isPaused();
    }

    /** Nothing runs any more, and the batch is to be released. */
    public void clearMarks() {
        poisonFiles.clearMarks();
    }

    /** What runs now. */
    public InFlight inFlight() {
        return jobs.inFlight();
    }

    /** Its place in the queue for slots. */
    public QueuedBatch<DispatchHost> place() {
        return jobs.place();
    }

    @Override
    public boolean isWriting() {
        return draft.isUnderWay();
    }

    /** Something changed: looks what is to be done next. */
    public void changed() {
        if (state.isGone() || !started) { // until it is read back, what it would write is wrong
            return;
        }
        judgeFailures();
        inFlight().recount();
        if (state.isActive()) {
            poisonFiles.goOn();
        }
        delayed.goOn();
        engine.dispatcher.offer(jobs);
        engine.dispatcher.dispatch();
        throttle.update(); // of what could not be started
        lister.goOn();
        if (state.isActive() && waitsForRetries()) {
            pace.rests(engine.nanos());
        }
        if (draft.isDue()) {
            engine.committer.dirty(draft);
        }
    }
}
