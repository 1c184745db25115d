package io.batchengine.orchestration;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.RetryPolicy;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.NewBatch;
import io.batchengine.spi.ParkedFile;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.StoredBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One batch that this engine owns, from its claim to its end. All of it is confined to decisions, but for the gate, the set of
 * jobs in flight and the durable state, which workers and readers see.
 *
 * <h2>Phases</h2>
 *
 * "Told to stop" is not "stopped": a phase is what the engine is about, the status is what is recorded.
 *
 * <pre>{@code
 * ACTIVE     -> CANCELLING  a cancel request stands: nothing starts, running jobs are asked to stop
 *            -> FAILING     the orchestration failed: nothing starts, running jobs may end
 *            -> RELEASING   the engine closes: nothing starts, running jobs may end, the batch is given back
 *            -> GONE        its terminal status is recorded, or another engine has it
 * CANCELLING, FAILING, RELEASING -> GONE
 * FAILING, RELEASING -> CANCELLING
 * }</pre>
 *
 * <h2>The way of a file</h2>
 *
 * The lister hands over a chunk; the next commit records it as a page; once that is applied, its files stand in {@link Work}; a turn takes
 * and runs them; what it settled is absorbed here and recorded by the next commit; when listing has ended and all is settled, that
 * commit carries COMPLETED.
 */
final class BatchRun {
    private enum Phase {
        ACTIVE,
        CANCELLING,
        FAILING,
        RELEASING,
        GONE
    }

    final EngineContext engine;
    final NewBatch batch;
    final long epoch;
    final JobFactory factory;

    final InFlight inFlight = new InFlight();

    final long startedNanos;
    final long settledBefore;

    /** Whether it stands in {@link FairShare}. */
    boolean inLine;

    private final Work work = new Work();
    private final Lister lister;
    private final Throttle throttle;
    private final CommitDraft draft;
    private Phase phase = Phase.ACTIVE;
    private @Nullable StatusReason failure;
    private volatile boolean open = true;

    BatchRun(EngineContext engine, StoredBatch claimed, JobFactory factory, SourceDirectory directory) {
        this.engine = engine;
        this.batch = claimed.request();
        this.epoch = claimed.state().epoch();
        this.factory = factory;
        this.startedNanos = engine.nanos();
        this.settledBefore = claimed.state().counts().settled();
        this.lister = new Lister(
                this, directory, claimed.state().listedTo(), claimed.state().listingEnded());
        this.throttle = new Throttle(this);
        this.draft = new CommitDraft(this, claimed);
    }

    /** Takes the batch up. */
    void start(Recovered recovered) {
        recovered.pages().forEach(draft::addRecordedPage);
        recovered.settled().forEach(draft::markSettled);
        recovered.unsettled().forEach(work::addDue);
        updateGate();
        if (durable().state().cancelRequested()) {
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

    // Listing.

    boolean wantsPages() {
        return phase == Phase.ACTIVE && work.pages() + draft.pages() < Tuning.READ_AHEAD_PAGES;
    }

    void listed(ListedChunk chunk) {
        if (draft.listedEnd() + chunk.ids().size() > batch.options().maxFiles()) {
            draft.cutOff();
            fail(
                    StatusReason.Code.TOO_MANY_FILES,
                    "the source directory has more than the %d files that the batch may have"
                            .formatted(batch.options().maxFiles()));
            return;
        }
        draft.addPage(chunk);
        changed();
    }

    /** A page is recorded: its files may start. */
    void pageRecorded(RunPage page) {
        if (phase == Phase.ACTIVE) {
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

    // Turns.

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
        throttle.started();
        throttle.update();
        if (draft.isDue()) {
            engine.committer.dirty(this);
        }
        return turn;
    }

    void turnEnded(Turn turn) {
        inFlight.remove(turn);
        if (!turn.stuck && phase != Phase.GONE) {
            absorbResults(turn);
            turn.failed.forEach(this::attemptFailed);
            turn.putBack.forEach(this::putBack);
            if (turn.notNow != null) {
                throttle.pause(turn.notNow);
            }
        }
        changed();
    }

    /** Takes the results that a turn has by now. */
    void absorbResults(Turn turn) {
        if (!turn.stuck && phase != Phase.GONE && draft.addSettled(turn.results) > 0) {
            engine.committer.dirty(this);
        }
    }

    void asyncEnded(Attempt attempt, JobCall.Result result) {
        inFlight.removeAsynchronous(attempt);
        ended(attempt, result);
    }

    /** An attempt outside of a turn's own account has ended. */
    void ended(Attempt attempt, JobCall.Result result) {
        if (phase == Phase.GONE) {
            return;
        }
        if (attempt.turn.stuck && attempt.turn.current() != null) {
            // The turn will not tell: what it has is fetched now. What it wrote before it published its attempt is seen
            // here.
            draft.addSettled(attempt.turn.results);
            attempt.turn.failed.forEach(this::attemptFailed);
        }
        if (result instanceof JobCall.Result.Settled settled) {
            settle(attempt.turn.settled(attempt, settled, engine.nanos()));
        } else if (result instanceof JobCall.Result.Retry retry) {
            attemptFailed(attempt.failed(retry));
        } else {
            putBack(attempt.putBack());
            if (result instanceof JobCall.Result.NotNow wait) {
                throttle.pause(wait.retryAfter());
            }
        }
        changed();
    }

    private void attemptFailed(Again again) {
        RetryPolicy retry = batch.options().retry();
        if (phase == Phase.GONE) {
            return;
        }
        if (phase == Phase.CANCELLING || phase == Phase.FAILING || again.attempts() >= retry.maxAttempts()) {
            settleUnrun(again, again.mapped() ? FileOutcome.FAILED : FileOutcome.MAPPING_ERROR);
            return;
        }
        Duration wait = engine.jitter(backoff(retry, again.attempts()));
        Instant due = engine.now().plus(wait);
        draft.addParked(ParkedFile.waiting(again.ordinal(), again.attempts(), due));
        work.park(again, engine.later(() -> retryDue(again.ordinal()), wait));
    }

    private static Duration backoff(RetryPolicy retry, int attempts) {
        Duration bound = retry.initialBackoff();
        for (int i = 1; i < attempts && bound.compareTo(retry.maxBackoff()) < 0; i++) {
            bound = bound.multipliedBy(2);
        }
        return bound.compareTo(retry.maxBackoff()) < 0 ? bound : retry.maxBackoff();
    }

    private void retryDue(long ordinal) {
        if (work.unpark(ordinal)) {
            changed();
        }
    }

    private void putBack(Again again) {
        if (phase == Phase.ACTIVE) {
            work.addDue(again);
        } else if (phase == Phase.CANCELLING && again.attempts() > 0) {
            settleUnrun(again, again.mapped() ? FileOutcome.CANCELLED : FileOutcome.MAPPING_ERROR);
        } else if (phase == Phase.FAILING && again.attempts() > 0) {
            settleUnrun(again, again.mapped() ? FileOutcome.FAILED : FileOutcome.MAPPING_ERROR);
        }
    }

    /** Settles a file that had an attempt before and gets no further one. */
    private void settleUnrun(Again again, FileOutcome outcome) {
        String message = outcome == FileOutcome.CANCELLED ? null : again.lastError();
        settle(new SettledFile(again.ordinal(), outcome, again.attempts(), engine.now(), 0, again.jobId(), message));
    }

    private void settle(SettledFile file) {
        if (phase != Phase.GONE) {
            draft.addSettled(file);
        }
    }

    // Ends.

    /** A cancel request stands. */
    void cancel() {
        if (phase == Phase.CANCELLING || phase == Phase.GONE) {
            return;
        }
        stopStarting(Phase.CANCELLING);
        stopRunning(StopCause.CANCEL);
        changed();
    }

    /** The orchestration can't go on. */
    void fail(StatusReason.Code code, String message) {
        if (phase != Phase.ACTIVE) {
            return;
        }
        failure = new StatusReason(code, message, engine.now());
        stopStarting(Phase.FAILING);
        changed();
    }

    /** The engine closes. */
    void release() {
        if (phase == Phase.ACTIVE) {
            phase = Phase.RELEASING;
            updateGate();
            lister.close();
        }
    }

    /** Another engine has the batch, or nobody: whatever it does from now on does not count here. */
    void lost() {
        if (phase != Phase.GONE) {
            stopStarting(Phase.GONE);
            stopRunning(StopCause.RELEASE);
            draft.discard();
            engine.active.remove(this);
        }
    }

    /** Its terminal status is recorded. */
    void finished() {
        stopStarting(Phase.GONE);
        draft.discard();
        engine.active.remove(this);
        engine.waiters.ended(durable());
    }

    /** Asks all running jobs to stop. */
    void stopRunning(StopCause cause) {
        inFlight.attempts().forEach(attempt -> engine.dispatcher.stop(attempt, cause));
    }

    /** Whether its terminal status may be under way: the store may have ended its hold already. */
    boolean isEnding() {
        return draft.isTerminalUnderWay();
    }

    private void stopStarting(Phase next) {
        phase = next;
        updateGate();
        lister.close();
        List<Again> started = work.close();
        if (next != Phase.GONE) {
            draft.dropPages();
            started.forEach(this::putBack);
        }
    }

    void updateGate() {
        open = phase == Phase.ACTIVE && !throttle.isPaused() && !engine.dispatcher.isSuspended();
    }

    // Status.

    /** The status that the next commit is to carry. */
    BatchStatus nextStatus(boolean allSettled) {
        BatchStatus now = durable().state().status();
        return switch (phase) {
            case GONE -> now;
            case CANCELLING -> inFlight.isQuiet() ? BatchStatus.CANCELLED : now;
            case FAILING -> inFlight.isQuiet() ? BatchStatus.FAILED : now;
            case RELEASING -> allSettled && now == BatchStatus.RUNNING ? BatchStatus.COMPLETED : now;
            case ACTIVE -> {
                if (allSettled) {
                    yield now == BatchStatus.RUNNING ? BatchStatus.COMPLETED : BatchStatus.RUNNING;
                }
                yield throttle.reason() != null ? BatchStatus.THROTTLED : BatchStatus.RUNNING;
            }
        };
    }

    /** Why, for a status that needs a reason. */
    @Nullable
    StatusReason reasonFor(BatchStatus status) {
        return switch (status) {
            case FAILED -> failure;
            case THROTTLED -> {
                StatusReason reason = throttle.reason();
                yield reason != null ? reason : durable().state().reason();
            }
            default -> null;
        };
    }

    /** Whether it has something to start and nothing in flight. */
    boolean isWaiting() {
        return phase == Phase.ACTIVE && inFlight.isQuiet() && work.isReady();
    }

    CommitDraft draft() {
        return draft;
    }

    /** Something changed: looks what is to be done next. */
    void changed() {
        if (phase == Phase.GONE) {
            return;
        }
        inFlight.recount();
        throttle.update();
        engine.dispatcher.offer(this);
        lister.goOn();
        if (draft.isDue()) {
            engine.committer.dirty(this);
        }
        engine.dispatcher.dispatch();
    }
}
