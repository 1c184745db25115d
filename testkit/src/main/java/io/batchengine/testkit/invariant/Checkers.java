package io.batchengine.testkit.invariant;

import io.batchengine.model.Batch;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.JobRequest;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apiguardian.api.API;

/**
 * All checkers of one run, and what they are told. Not for use by several threads.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Checkers {
    private final History history = new History();
    private final Findings findings;
    private final Map<SimulatedProcess, EngineWatch> watches = new LinkedHashMap<>();
    private final WatchedEngines engines;
    private final CancellationChecker cancellation;
    private final IsolationChecker isolation;
    private final List<Checker> all;

    /**
     * Checkers of a new run.
     *
     * @param findings where they write what they find
     * @param expectations what the run leads to
     */
    public Checkers(Findings findings, Expectations expectations) {
        this.findings = findings;
        this.cancellation = new CancellationChecker(history, findings);
        this.isolation = new IsolationChecker(history, findings);
        LimitsChecker limits = new LimitsChecker(history, findings, watches);
        RatesChecker rates = new RatesChecker(history, findings);
        SharesChecker shares = new SharesChecker(history, findings, watches);
        ContestChecker contests = new ContestChecker(history, findings, watches);
        ThrottledChecker throttled = new ThrottledChecker(history, findings, watches);
        this.engines = new WatchedEngines(history, watches, List.of(limits, rates, shares, contests, throttled));
        this.all = List.of(
                new ResultsChecker(history, findings),
                new StatusChecker(history, findings),
                new AcknowledgedChecker(history, findings),
                new CountersChecker(history, findings),
                new CompletionChecker(history, findings, expectations),
                new TimesChecker(history, findings),
                new EpochsChecker(history, findings),
                new StartsChecker(history, findings),
                limits,
                rates,
                shares,
                contests,
                throttled,
                new RecoveryChecker(history, findings, expectations),
                cancellation,
                new EventsChecker(history, findings),
                isolation);
    }

    // Engines.

    /**
     * An engine starts.
     *
     * @param process where
     * @param engine what is known of it
     */
    public void engineStarted(SimulatedProcess process, WatchedEngine engine) {
        watches.put(process, new EngineWatch(process, engine));
        if (engine.renewal() != null) {
            cancellation.engine(process, engine.renewal());
        }
    }

    /**
     * What engines have in flight, and by which limits.
     *
     * @return the same in the whole run
     */
    public WatchedEngines engines() {
        return engines;
    }

    /**
     * An engine was killed, or closed before all was done.
     *
     * @param process where it was
     */
    public void engineLost(SimulatedProcess process) {
        watches.remove(process);
        all.forEach(checker -> checker.lost(process));
    }

    // What is written, told by whoever stands directly before the store.

    /**
     * A batch is stored.
     *
     * @param batch as it is stored
     */
    public void created(StoredBatch batch) {
        history.created(batch);
    }

    /**
     * A batch was claimed.
     *
     * @param by who claimed
     * @param after as it is stored now
     */
    public void claimed(SimulatedProcess by, StoredBatch after) {
        BatchHistory batch = history.get(after.id());
        StoredBatch before = batch.now;
        batch.lostOwner |= before.ownerLost();
        batch.epoch = Math.max(batch.epoch, after.state().epoch());
        batch.owners.put(after.state().epoch(), by);
        batch.written(after);
        EngineWatch engine = watches.get(by);
        if (engine != null) {
            engine.claimed(batch);
        }
        each(batch, checker -> checker.claimed(batch, by, before, after));
    }

    /**
     * A commit was answered.
     *
     * @param by who wrote
     * @param commit what was to be written
     * @param verdict the answer
     * @param before as the batch was stored before, if it was
     * @param after as it is stored now
     */
    public void committed(
            SimulatedProcess by,
            BatchCommit commit,
            Verdict verdict,
            Optional<StoredBatch> before,
            Optional<StoredBatch> after) {
        BatchHistory batch = history.get(commit.batchId());
        if (verdict.kind() == Verdict.Kind.APPLIED && before.isPresent() && after.isPresent()) {
            each(batch, checker -> checker.committing(batch, by, commit, before.get()));
            batch.applied(commit, after.get(), by);
            each(batch, checker -> checker.committed(batch, by, commit, before.get()));
        } else {
            findings.require(
                    before.equals(after),
                    Invariant.EPOCHS,
                    "%s has changed though the commit was answered with %s",
                    commit.batchId(),
                    verdict.kind());
            each(batch, checker -> checker.refused(batch, by, commit, verdict));
        }
    }

    /**
     * A batch was released, or a cancel request was recorded.
     *
     * @param before as it was stored before, if it was
     * @param after as it is stored now
     */
    public void touched(Optional<StoredBatch> before, Optional<StoredBatch> after) {
        if (before.isPresent() && after.isPresent() && !before.equals(after)) {
            with(after.get().id(), batch -> {
                each(batch, checker -> checker.touched(batch, before.get(), after.get()));
                batch.written(after.get());
            });
        }
    }

    /**
     * Batches may be gone.
     *
     * @param store asked directly
     */
    public void deleted(BatchStore store) {
        for (BatchHistory batch : history.all()) {
            if (!batch.deleted && find(store, batch.id()).isEmpty()) {
                findings.require(
                        batch.hasEnded(), Invariant.ACKNOWLEDGED, "%s was deleted before it ended", batch.id());
                batch.deleted = true;
            }
        }
    }

    /**
     * A batch as it is stored.
     *
     * @param store asked directly
     * @param batchId the batch
     * @return empty where it is not stored
     */
    public Optional<StoredBatch> find(BatchStore store, String batchId) {
        return history.find(store, batchId);
    }

    /**
     * The store was set back, as a database is that was restored or whose standby was promoted too early.
     *
     * @param store asked directly
     */
    public void setBack(BatchStore store) {
        history.setBack(store);
    }

    /**
     * The store has told rows of a batch by which nobody gets on: whoever was told may give it up.
     *
     * @param batchId the batch
     */
    public void stalled(String batchId) {
        with(batchId, batch -> batch.stalled = true);
    }

    // What engines are told, and tell.

    /**
     * The store has told an engine that a cancel request stands.
     *
     * @param by the engine
     * @param batchId the batch
     * @param epoch under which the engine holds it
     */
    public void cancelSeen(SimulatedProcess by, String batchId, long epoch) {
        with(batchId, batch -> each(batch, checker -> checker.cancelSeen(batch, by, epoch)));
    }

    /**
     * A job is asked for.
     *
     * @param by the engine
     * @param request what it asks
     */
    public void asked(SimulatedProcess by, JobRequest request) {
        with(request.batchId(), batch -> each(batch, checker -> checker.asked(batch, by, request)));
    }

    /**
     * A job's body starts.
     *
     * @param by the engine
     * @param job the job
     */
    public void started(SimulatedProcess by, JobContext job) {
        with(job.batchId(), batch -> {
            BatchHistory.Starts starts = batch.starts(job.ordinal());
            starts.count++;
            starts.epochs.add(job.epoch());
            each(batch, checker -> checker.started(batch, by, job));
        });
    }

    /** How a job's body ended. */
    public enum End {
        /** As a success. */
        SUCCEEDED,
        /** It asks to be run later. */
        NOT_NOW,
        /** In any other way. */
        OTHER
    }

    /**
     * A job's body has ended.
     *
     * @param by the engine
     * @param job the job
     * @param end how
     */
    public void ended(SimulatedProcess by, JobContext job, End end) {
        with(job.batchId(), batch -> {
            BatchHistory.Starts starts = batch.starts(job.ordinal());
            starts.succeeded += end == End.SUCCEEDED ? 1 : 0;
            starts.notNow += end == End.NOT_NOW ? 1 : 0;
            each(batch, checker -> checker.ended(batch, by, job));
        });
    }

    /**
     * A listener was told.
     *
     * @param by the engine
     * @param event of what
     */
    public void told(SimulatedProcess by, BatchEvent event) {
        with(event.batch().batchId(), batch -> each(batch, checker -> checker.told(batch, by, event)));
    }

    // What callers are told.

    /**
     * A caller was told that a batch is created.
     *
     * @param batch as it was told
     */
    public void createAcknowledged(Batch batch) {
        all.forEach(checker -> checker.createAcknowledged(batch));
    }

    /**
     * A caller was told that a batch is to be cancelled.
     *
     * @param by the engine that answered
     * @param batchId which
     */
    public void cancelAcknowledged(SimulatedProcess by, String batchId) {
        with(batchId, batch -> {
            each(batch, checker -> checker.cancelAcknowledged(batch));
            if (batch.owners.get(batch.epoch) == by) { // the owner itself need not be told by the store
                cancelSeen(by, batchId, batch.epoch);
            }
        });
    }

    /**
     * A caller was told how a batch stands.
     *
     * @param by the engine that answered
     * @param answer what it said
     */
    public void observed(SimulatedProcess by, Batch answer) {
        with(answer.id(), batch -> each(batch, checker -> checker.observed(batch, by, answer)));
    }

    /**
     * A batch was asked for in another project than its own.
     *
     * @param project that project
     * @param batchId the batch
     * @param found whether it was given
     */
    public void askedByAnotherProject(String project, String batchId, boolean found) {
        isolation.askedByAnother(project, batchId, found);
    }

    /**
     * The batches that have not ended.
     *
     * @return as they are stored
     */
    public List<StoredBatch> unfinished() {
        return history.standing(batch -> !batch.hasEnded());
    }

    /**
     * All batches that were not deleted.
     *
     * @return as they are stored, in the order of their creation
     */
    public List<StoredBatch> standing() {
        return history.standing(any -> true);
    }

    /**
     * Compares what is stored with what has happened.
     *
     * @param store asked directly
     */
    public void atEnd(BatchStore store) {
        for (BatchHistory batch : history.all()) {
            if (!batch.deleted) {
                Optional<StoredBatch> stored = find(store, batch.id());
                findings.require(stored.isPresent(), Invariant.ACKNOWLEDGED, "%s is lost", batch.id());
                List<FileRecord> files = History.files(store, batch.id());
                stored.ifPresent(found -> each(batch, checker -> checker.atEnd(batch, found, files)));
            }
        }
    }

    /** Whoever keeps a ledger of what was told and started knows nothing of a batch that was set back. */
    private void each(BatchHistory batch, Consumer<Checker> action) {
        for (Checker checker : all) {
            if (!batch.setBack || !checker.remembers()) {
                action.accept(checker);
            }
        }
    }

    private void with(String batchId, Consumer<BatchHistory> action) {
        BatchHistory batch = history.find(batchId);
        if (batch == null) {
            findings.violated(Invariant.ACKNOWLEDGED, batchId + " was never stored");
        } else {
            action.accept(batch);
        }
    }
}
