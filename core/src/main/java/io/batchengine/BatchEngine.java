package io.batchengine;

import io.batchengine.internal.engine.Engine;
import io.batchengine.limits.Limits;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Scope;
import io.batchengine.spi.BatchEvent;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Runs one job for every file of a source directory, and keeps a result for each.
 *
 * <p>An engine owns its threads: build it once, share it, close it when the service stops. They are daemon threads: if {@code main} returns
 * while the engine works, the JVM ends and the work with it. Await your batches, or build the engine with
 * {@link BatchEngineBuilder#daemonThreads daemonThreads(false)}. An engine takes up what its store holds as soon as it is built. All methods are safe for use by any thread.
 *
 * <pre>{@code
 * try (BatchEngine engine = BatchEngine.builder()
 *         .sourceDirectory(NioSourceDirectory.of(Map.of("dir-inbox", Path.of("inbox"))))
 *         .jobFactory(JobFactories.blocking("count_v1", "cnt-", job -> count(job.file())))
 *         .build()) {
 *     Batch batch = engine.batches().create("dir-inbox", JobType.of("count_v1"), "cfg-default");
 *     engine.batches().await(batch.id(), Duration.ofMinutes(1));
 * }
 * }</pre>
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class BatchEngine implements AutoCloseable {
    private final Engine engine;
    private final Scope defaultScope;
    private final Duration closeTimeout;
    private final BatchCreation creation;
    private final BatchReading reading;
    private final BatchEnding ending;
    private final @Nullable UnclosedWarning warning;

    BatchEngine(Engine engine, EngineSettings settings) {
        this.engine = engine;
        this.defaultScope = Scope.ofProject(settings.defaultProject());
        this.closeTimeout = settings.closeTimeout();
        this.creation = new BatchCreation(engine, settings);
        this.reading = new BatchReading(engine, settings.maxExpandedResults());
        this.ending = new BatchEnding(engine);
        this.warning = engine.ownsThreads() ? UnclosedWarning.of(engine) : null;
    }

    /**
     * Begins an engine.
     *
     * @return a new builder
     */
    public static BatchEngineBuilder builder() {
        return new BatchEngineBuilder();
    }

    /**
     * The calls on the batches of the default project.
     *
     * @return the calls
     */
    public Batches batches() {
        return batches(defaultScope);
    }

    /**
     * The calls on the batches of a project, on behalf of an organization and a project.
     *
     * @param scope on whose behalf; trusted: who may do what is the embedding service's own concern
     * @return the calls
     */
    public Batches batches(Scope scope) {
        return new Batches(scope, creation, reading, ending);
    }

    /**
     * The calls on the batches of a project.
     *
     * @param projectId the project
     * @return the calls
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if the id breaks the rules of
     *     {@link io.batchengine.model.Ids}
     */
    public Batches batches(String projectId) {
        return batches(Scope.ofProject(projectId));
    }

    /**
     * All events of the batches that this engine owns, in order per batch. A subscriber that is slow misses events beyond a buffer of
     * 1,024, counted in {@link #health()}; it holds up nothing.
     *
     * @return a publisher of which any number may subscribe; it completes when the engine closes
     */
    public Flow.Publisher<BatchEvent> events() {
        return engine.events();
    }

    /**
     * The limits of this engine.
     *
     * @return as they were last set
     */
    public Limits limits() {
        return engine.limits();
    }

    /**
     * Changes the limits while the engine runs: a raised one is used at once, a lowered one stops no running job. Does not block; where the
     * builder was given a supplier of limits, what that says next in difference to before counts again.
     *
     * @param limits all of them: change a copy of {@link #limits()}
     */
    public void setLimits(Limits limits) {
        engine.limits(Objects.requireNonNull(limits, "limits"));
    }

    /**
     * Tells how this engine is. Does not block.
     *
     * @return its health now
     */
    public EngineHealth health() {
        var problems = engine.gauges().problems();
        var status = engine.isClosed()
                ? EngineHealth.Status.CLOSED
                : problems.isEmpty() ? EngineHealth.Status.UP : EngineHealth.Status.DEGRADED;
        return EngineHealth.builder()
                .status(status)
                .problems(problems)
                .notes(engine.gauges().notes())
                .activeBatches(engine.gauges().activeBatches())
                .jobsInFlight(engine.gauges().jobsInFlight())
                .stuckJobs(engine.gauges().stuckJobs())
                .refusedWrites(engine.gauges().refusedWrites())
                .droppedEvents(engine.gauges().droppedEvents())
                .build();
    }

    /**
     * Closes within the close timeout of the builder; what {@link #close(Duration)} reports is logged.
     */
    @Override
    public void close() {
        close(closeTimeout);
    }

    /**
     * Closes the engine: starts nothing more, lets running jobs end, asks those to stop that have not ended by half of the deadline, writes
     * what is done, and releases its batches, so that they go on in another engine or at the next start. Closing again changes nothing.
     *
     * <p>Blocks until that is done or the deadline is over. If the calling thread is interrupted it goes on at once as if the deadline
     * were over, and keeps its interrupt flag.
     *
     * @param deadline how long it may take
     * @return how it went
     */
    public CloseReport close(Duration deadline) {
        return Waiting.untilClosed(engine, closeAsync(deadline), deadline);
    }

    /**
     * As {@link #close(Duration)}, without blocking.
     *
     * @param deadline how long it may take
     * @return completes when the engine is closed
     */
    public CompletionStage<CloseReport> closeAsync(Duration deadline) {
        if (warning != null) {
            warning.takeBack();
        }
        return engine.close(deadline)
                .thenApply(end -> CloseReport.builder()
                        .clean(end.clean())
                        .stuckJobs(end.stuckJobs())
                        .releasedBatches(end.releasedBatches())
                        .build());
    }
}
