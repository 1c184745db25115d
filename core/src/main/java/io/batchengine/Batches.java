package io.batchengine;

import io.batchengine.model.Batch;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchProgress;
import io.batchengine.model.BatchResult;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.JobRecord;
import io.batchengine.model.JobReference;
import io.batchengine.model.JobType;
import io.batchengine.model.Page;
import io.batchengine.model.Scope;
import io.batchengine.spi.store.StoredBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * The calls on the batches of one project. Got from {@link BatchEngine#batches()}; light, immutable, safe for use by any thread.
 *
 * <p>Calls block the calling thread for as long as the store, and at creation the job factory and the source directory, take to
 * answer; none waits for a job. Every call may throw {@link BatchEngineException} with {@link ErrorCode#ENGINE_CLOSED} once the
 * engine is closed, {@link ErrorCode#STORE_UNAVAILABLE} when the store fails, and {@link ErrorCode#BATCH_NOT_FOUND} for a batch
 * that does not exist or belongs to another project: which of both it is, is not told.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class Batches {
    private final Scope scope;
    private final BatchCreation creation;
    private final BatchReading reading;
    private final BatchEnding ending;

    Batches(Scope scope, BatchCreation creation, BatchReading reading, BatchEnding ending) {
        this.scope = scope;
        this.creation = creation;
        this.reading = reading;
        this.ending = ending;
    }

    /**
     * Creates a batch with the engine's default options: one job for every file of the source directory.
     *
     * @param sourceDirectoryId the source directory
     * @param type the type of the jobs
     * @param configurationId a saved configuration or a built-in preset of that type
     * @return the batch, {@code PENDING}; nothing is listed yet
     * @throws BatchEngineException as {@link #create(CreateBatch)}
     */
    public Batch create(String sourceDirectoryId, JobType type, String configurationId) {
        return create(CreateBatch.of(sourceDirectoryId, type, configurationId));
    }

    /**
     * Creates a batch. Validates, resolves the configuration, stores the batch, and returns; an engine takes it up from there.
     *
     * <p>Returns before any job has run. If {@code main} returns after this call, the JVM ends before the batch does, since the engine's
     * threads are daemon threads: {@link #await(String, Duration) await} the batch first, or see
     * {@link BatchEngineBuilder#daemonThreads}.
     *
     * @param request what to create
     * @return the batch, {@code PENDING}; or, where its idempotency key was used before with the same request, the batch as it is now
     * @throws BatchEngineException nothing is stored then: {@link ErrorCode#PROJECT_REFUSED},
     *     {@link ErrorCode#SOURCE_DIRECTORY_NOT_FOUND}, {@link ErrorCode#UNSUPPORTED_JOB_TYPE},
     *     {@link ErrorCode#CONFIGURATION_NOT_FOUND}, {@link ErrorCode#CONFIGURATION_TYPE_MISMATCH},
     *     {@link ErrorCode#CONFIGURATION_INVALID}, {@link ErrorCode#IDEMPOTENCY_CONFLICT}, {@link ErrorCode#PLUGIN_FAILED}
     */
    public Batch create(CreateBatch request) {
        return creation.create(scope, request);
    }

    /**
     * Creates a batch that runs the failed files and mapping errors of an ended one again. Its configuration is resolved afresh, from
     * the same id; its files are read from the ended batch, not from the source directory's listing.
     *
     * @param batchId an ended batch; it can't be deleted until the new one has ended
     * @return the new batch, {@code PENDING}
     * @throws BatchEngineException {@link ErrorCode#NOT_TERMINAL} if the batch has not ended; or as {@link #create(CreateBatch)}
     */
    public Batch retryFailed(String batchId) {
        return creation.retryFailed(scope, batchId);
    }

    /**
     * Reads a batch.
     *
     * @param batchId the batch
     * @param expand {@link Expand#RESULTS} for the results with it
     * @return the batch as it is now. Its results are null unless they were asked for and it is {@code COMPLETED} or
     *     {@code CANCELLED}
     * @throws NullPointerException if one of what is to be expanded is null
     * @throws BatchEngineException {@link ErrorCode#RESULTS_TOO_LARGE} if it has more results than the engine's bound for expanding;
     *     read them by {@link #results(String, PageRequest)}
     */
    public Batch get(String batchId, Expand... expand) {
        return reading.get(scope, batchId, new HashSet<>(List.of(expand)));
    }

    /**
     * Lists batches, newest first.
     *
     * @param request filters and page
     * @return the page; without results
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if the page token is not of a page with the same filters
     */
    public Page<Batch> list(ListBatches request) {
        return reading.list(scope, request);
    }

    /**
     * Lists the batches of the project, newest first: the first page of {@link ListBatches#ALL}.
     *
     * @return the page; without results
     */
    public Page<Batch> list() {
        return list(ListBatches.ALL);
    }

    /**
     * Reads batches, newest first, page after page as the stream is consumed. A batch that is created meanwhile is not among them.
     *
     * @param request filters, the size of the pages that are read, and the token of the page to begin with
     * @return the batches, without results; sequential, and not to be closed. Reading a page may throw as {@link #list(ListBatches)}
     */
    public Stream<Batch> stream(ListBatches request) {
        return reading.stream(scope, request);
    }

    /**
     * Asks for a batch to be cancelled, and returns. The request is durable and reaches the engine that runs the batch; from then no
     * job starts, running jobs are asked to stop, and when they have, or their grace time is over, the batch is {@code CANCELLED}.
     * Files that finished keep their results.
     *
     * @param batchId the batch
     * @return the batch as it is now; in most cases not yet {@code CANCELLED}
     * @throws BatchEngineException {@link ErrorCode#ALREADY_TERMINAL} if it has ended
     */
    public Batch cancel(String batchId) {
        return ending.cancel(scope, batchId);
    }

    /**
     * Reads result mappings in listing order. In any state: before the batch has ended the pages stop at the file below which all is
     * settled; to go on from there, read the last page again later.
     *
     * @param batchId the batch
     * @param page which page
     * @return the page; its total is not known
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if the page token is not of this batch's results
     */
    public Page<BatchResult> results(String batchId, PageRequest page) {
        return reading.results(scope, batchId, page);
    }

    /**
     * All result mappings in listing order, read page by page as the stream is consumed; as {@link #results(String, PageRequest)}.
     *
     * @param batchId the batch
     * @return a lazy, sequential stream; what the store throws comes out of its terminal operation
     */
    public Stream<BatchResult> results(String batchId) {
        return reading.results(scope, batchId);
    }

    /**
     * Reads the records of settled jobs in listing order; files with a mapping error have none. As
     * {@link #results(String, PageRequest)}.
     *
     * @param batchId the batch
     * @param page which page
     * @return the page; its total is not known
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if the page token is not of this batch's jobs
     */
    public Page<JobRecord> jobs(String batchId, PageRequest page) {
        return reading.jobs(scope, batchId, page);
    }

    /**
     * All records of settled jobs in listing order, read page by page as the stream is consumed.
     *
     * @param batchId the batch
     * @return a lazy, sequential stream; what the store throws comes out of its terminal operation
     */
    public Stream<JobRecord> jobs(String batchId) {
        return reading.jobs(scope, batchId);
    }

    /**
     * Reads the record of one job.
     *
     * @param reference the job, as a result names it
     * @return its record; before it is settled as far as this engine knows it: {@code RUNNING} if it runs here, otherwise {@code PENDING}
     * @throws BatchEngineException {@link ErrorCode#JOB_NOT_FOUND} if there is no such job in this project
     */
    public JobRecord job(JobReference reference) {
        return reading.job(scope, reference);
    }

    /**
     * Tells how far a batch is.
     *
     * @param batchId the batch
     * @return its progress
     */
    public BatchProgress progress(String batchId) {
        return reading.progress(scope, batchId);
    }

    /**
     * Waits until a batch has ended, in this engine or another. Waiting costs no thread.
     *
     * @param batchId the batch
     * @return completes, on an engine thread, with the ended batch without results; or exceptionally with
     *     {@link BatchEngineException}: {@link ErrorCode#ENGINE_CLOSED} when this engine is closed first
     */
    public CompletionStage<Batch> completion(String batchId) {
        return ending.completion(scope, batchId).thenApply(StoredBatch::toBatch);
    }

    /**
     * Blocks until a batch has ended.
     *
     * @param batchId the batch
     * @param timeout how long to wait at the most
     * @return the ended batch without results
     * @throws BatchEngineException {@link ErrorCode#TIMEOUT}; {@link ErrorCode#INTERRUPTED}; {@link ErrorCode#ENGINE_CLOSED}
     */
    public Batch await(String batchId, Duration timeout) {
        return ending.await(scope, batchId, timeout).toBatch();
    }

    /**
     * Deletes an ended batch with its results and job records.
     *
     * @param batchId the batch
     * @throws BatchEngineException {@link ErrorCode#NOT_TERMINAL} if it has not ended; {@link ErrorCode#BATCH_IN_USE} if a batch that
     *     retries its files has not ended
     */
    public void delete(String batchId) {
        ending.delete(scope, batchId);
    }

    /**
     * Deletes all batches of this project that ended before a time, except those whose files another batch is retrying.
     *
     * @param endedBefore the time, compared with the ends as they are recorded
     * @return how many batches were deleted
     */
    public long purge(Instant endedBefore) {
        return ending.purge(scope, endedBefore);
    }
}
