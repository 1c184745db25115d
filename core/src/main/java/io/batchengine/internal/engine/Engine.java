package io.batchengine.internal.engine;

import io.batchengine.internal.engine.base.EngineParts;
import io.batchengine.internal.engine.base.JobTypes;
import io.batchengine.internal.engine.base.Problems;
import io.batchengine.internal.engine.base.Tuning;
import io.batchengine.internal.engine.batch.BatchRun;
import io.batchengine.internal.engine.batch.BatchServices;
import io.batchengine.internal.engine.claim.ActiveRuns;
import io.batchengine.internal.engine.claim.Claimer;
import io.batchengine.internal.engine.events.ProgressView;
import io.batchengine.internal.engine.events.Waiters;
import io.batchengine.internal.engine.job.Attempt;
import io.batchengine.limits.Limits;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchProgress;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Ids;
import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.CreateResult;
import io.batchengine.spi.store.StoredBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the resource calls need of a running engine. All methods are safe for use by any thread. */
public final class Engine {
    /** Nothing tells when what a call has met is mended. */
    private static final Duration DAMAGE_TOLD = Duration.ofMinutes(10);

    private final BatchServices context;
    private final ActiveRuns active = new ActiveRuns();
    private final JobTypes jobTypes;
    private final Waiters waiters;
    private final Gauges gauges;
    private final Claimer claimer;
    private final Closing closing;
    private final @Nullable LimitsSource limitsSource;

    private Engine(EngineParts parts, Tuning tuning) {
        String owner = "eng-" + Long.toHexString(parts.random().nextLong());
        this.context = new BatchServices(parts, tuning, owner);
        this.jobTypes = parts.jobTypes();
        this.waiters = new Waiters(context, batchId -> active.find(batchId) != null);
        this.gauges = new Gauges(context, active);
        this.claimer = new Claimer(context, active, jobTypes, waiters);
        this.closing = new Closing(context, active, waiters, parts.store());
        this.context.loss.endsBy(this::endWork);
        EngineParts.SuppliedLimits supplied = parts.suppliedLimits();
        this.limitsSource = supplied == null ? null : new LimitsSource(context, supplied, parts.limits(), this::limits);
    }

    /** Nothing can be written any more: nothing starts, and whoever waits is told. */
    private void endWork(BatchEngineException failure) {
        claimer.stop();
        claimer.end();
        context.dispatcher.stop();
        context.committer.stop();
        List.copyOf(active.all()).forEach(BatchRun::lost);
        waiters.lost(failure);
    }

    /**
     * Starts an engine.
     *
     * @param parts what it is made of
     * @param tuning the numbers by which it runs
     * @return the engine, at work
     */
    public static Engine start(EngineParts parts, Tuning tuning) {
        Engine engine = new Engine(parts, tuning);
        engine.context.serial.submit(() -> {
            engine.claimer.start();
            if (engine.limitsSource != null) {
                engine.limitsSource.askLater();
            }
        });
        return engine;
    }

    /**
     * Stores a batch, announces it and takes it up.
     *
     * @param batch the batch
     * @return what the store answered
     */
    public CreateResult create(BatchRecord batch) {
        context.serial.submit(() -> claimer.announcing(batch.id()));
        CreateResult answer = null;
        try {
            answer = store(store -> createOrFind(store, batch));
            return answer;
        } finally {
            StoredBatch created = answer instanceof CreateResult.Created stored ? stored.batch() : null;
            context.serial.submit(() -> {
                if (created != null) {
                    // Found after a failure it may have come further, which its owner tells.
                    context.events.statusChanged(StoredBatch.created(created.request()));
                }
                claimer.announced(batch.id());
                claimer.claim();
            });
        }
    }

    /** A creation that ends with an exception may have landed: its id tells. */
    private static CreateResult createOrFind(BatchStore store, BatchRecord batch) {
        try {
            return store.create(batch);
        } catch (RuntimeException failure) {
            BatchKey key = new BatchKey.ById(batch.scope().projectId(), batch.id());
            return store.find(key).<CreateResult>map(CreateResult.Created::new).orElseThrow(() -> failure);
        }
    }

    /**
     * Calls the store on the calling thread.
     *
     * @param <T> the type of its answer
     * @param call the call
     * @return its answer
     * @throws BatchEngineException {@link ErrorCode#ENGINE_CLOSED}; what the store throws of this type;
     *     {@link ErrorCode#STORE_UNAVAILABLE} for all else
     */
    public <T> T store(Function<BatchStore, T> call) {
        requireOpen();
        BatchEngineException lost = context.loss.failure();
        if (lost != null) {
            throw BatchEngineException.of(lost.code(), String.valueOf(lost.getMessage()), lost);
        }
        try {
            return call.apply(context.store);
        } catch (BatchEngineException failure) {
            if (!context.loss.isToldBy(failure) && failure.code() == ErrorCode.STORE_CORRUPT) {
                context.problems.setFor(
                        DAMAGE_TOLD, Problems.STORE_DAMAGE, "a call met damage in the store: " + failure.getMessage());
            }
            throw failure;
        } catch (Exception failure) {
            throw BatchEngineException.of(
                    ErrorCode.STORE_UNAVAILABLE, "the store failed: " + Text.describe(failure), failure);
        }
    }

    /**
     * Refuses calls on a closed engine.
     *
     * @throws BatchEngineException {@link ErrorCode#ENGINE_CLOSED}
     */
    public void requireOpen() {
        if (closing.isRequested()) {
            throw BatchEngineException.of(ErrorCode.ENGINE_CLOSED, "the engine is closed: build another one");
        }
    }

    /**
     * A cancel request stands: if the batch runs here, it stops at once; if nobody runs it, this engine claims it to end it.
     *
     * @param batchId the batch
     */
    public void cancelRequested(String batchId) {
        context.serial.submit(() -> {
            BatchRun run = active.find(batchId);
            if (run != null) {
                run.cancel();
            } else {
                claimer.claim();
            }
        });
    }

    /**
     * A damaged batch has gone, or has ended: health tells nothing of it any more.
     *
     * @param batchId the batch
     */
    public void damageGone(String batchId) {
        claimer.damaged().gone(batchId);
    }

    /**
     * The end of a batch, of this engine or another.
     *
     * @param key the batch
     * @return completes with the ended batch
     */
    public CompletionStage<StoredBatch> end(BatchKey.ById key) {
        return waiters.end(key);
    }

    /**
     * How far a batch is.
     *
     * @param found the batch as the store has it
     * @return its progress, with what only its owner knows if this is the owner
     */
    public BatchProgress progress(StoredBatch found) {
        BatchRun run = active.find(found.id());
        return ProgressView.of(found, run == null ? null : run.running(), context.storeFailure(found.id()));
    }

    /**
     * A batch that this engine runs, without asking the store.
     *
     * @param projectId its project
     * @param batchId the batch
     * @return the batch as it was last written, or null where this engine does not run it
     */
    public @Nullable StoredBatch active(String projectId, String batchId) {
        BatchRun run = active.find(batchId);
        return run != null && run.batch().scope().projectId().equals(projectId) ? run.durable() : null;
    }

    /**
     * What runs for a file now.
     *
     * @param batchId the batch
     * @param ordinal the file
     * @return completes with the attempt's number, or 0 where none runs here
     */
    public CompletionStage<Integer> runningAttempt(String batchId, long ordinal) {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        context.serial.submit(() -> {
            BatchRun run = active.find(batchId);
            Attempt attempt = run == null ? null : run.inFlight().of(ordinal);
            int number = attempt == null ? 0 : attempt.number;
            context.serial.afterwards(() -> answer.complete(number));
        });
        return answer;
    }

    /**
     * A new batch id.
     *
     * @return time-ordered
     */
    public String newBatchId() {
        return context.random(random -> Ids.newBatchId(context.now().toEpochMilli(), random));
    }

    /**
     * The clock's time as it is recorded.
     *
     * @return in whole microseconds
     */
    public Instant now() {
        return context.now();
    }

    /**
     * The job types.
     *
     * @return who serves which
     */
    public JobTypes jobTypes() {
        return jobTypes;
    }

    /**
     * Whether a source directory is there; asks the plug-in on the calling thread.
     *
     * @param scope whose
     * @param directoryId which
     * @return what it answers
     * @throws Exception what it throws
     */
    public boolean hasDirectory(Scope scope, String directoryId) throws Exception {
        return context.directoryCalls.during(
                "the source directory's call exists", () -> context.directory.exists(scope, directoryId));
    }

    /**
     * Calls a plug-in on the calling thread; health names it where it does not return.
     *
     * @param <T> the type of its answer
     * @param name what is called
     * @param call the call
     * @return its answer
     * @throws Exception what it throws
     */
    public <T> T calling(String name, Callable<T> call) throws Exception {
        return context.hostCalls.during(name, call::call);
    }

    /**
     * All events.
     *
     * @return as {@code BatchEngine.events()}
     */
    public Flow.Publisher<BatchEvent> events() {
        return context.events.publisher();
    }

    /**
     * The limits.
     *
     * @return as they were last set
     */
    public Limits limits() {
        return context.flow.limits();
    }

    /**
     * Changes the limits.
     *
     * @param limits the new ones
     */
    public void limits(Limits limits) {
        context.flow.limits(limits);
        context.serial.submit(this::useLimits);
    }

    private void useLimits() {
        context.flow.useLimits(active.all().stream().map(BatchRun::place).toList());
        active.all().forEach(BatchRun::changed);
        claimer.claim();
    }

    /**
     * What health tells.
     *
     * @return a view of this engine
     */
    public Gauges gauges() {
        return gauges;
    }

    /**
     * Whether the engine is closed, or about to be.
     *
     * @return true from the first call of {@link #close} on
     */
    public boolean isClosed() {
        return closing.isRequested();
    }

    /**
     * Closes the engine.
     *
     * @param deadline how long it may take
     * @return completes when it is closed
     */
    public CompletionStage<Closing.End> close(Duration deadline) {
        if (limitsSource != null) {
            context.serial.submit(limitsSource::stop);
        }
        return closing.close(claimer, deadline);
    }

    /**
     * Whether some of its threads are its own.
     *
     * @return false where all tasks run on executors and timers that it was given
     */
    public boolean ownsThreads() {
        return context.runners.own().any();
    }

    /**
     * Waits for the engine's own threads to end, once it is closed.
     *
     * @param timeout how long at the most
     * @return whether all have ended
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean awaitThreads(Duration timeout) throws InterruptedException {
        return context.runners.own().awaitTermination(timeout);
    }
}
