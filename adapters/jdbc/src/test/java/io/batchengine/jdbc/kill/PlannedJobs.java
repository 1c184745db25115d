package io.batchengine.jdbc.kill;

import io.batchengine.model.JobType;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.JobRequest;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.ResolveRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The jobs of a workload. Each says that it has begun before it does anything. */
final class PlannedJobs implements JobFactory {
    private final Workload workload;
    private final Pipe pipe;
    private final Map<Place, Long> epochs = new ConcurrentHashMap<>();
    private final Set<Place> putOff = ConcurrentHashMap.newKeySet();

    private record Place(int batch, long ordinal) {}

    PlannedJobs(Workload workload, Pipe pipe) {
        this.workload = workload;
        this.pipe = pipe;
    }

    /** The epoch in which this process has last made the job of a file, or 0; asked once, when the file is settled. */
    long epoch(int batch, long ordinal) {
        Long epoch = epochs.remove(new Place(batch, ordinal));
        return epoch == null ? 0 : epoch;
    }

    @Override
    public Map<JobType, String> types() {
        return Map.of(Workload.TYPE, Workload.JOB_PREFIX);
    }

    @Override
    public ConfigurationSnapshot resolve(ResolveRequest request) {
        return ConfigurationSnapshot.of("of " + request.configurationId());
    }

    @Override
    public JobCreation create(JobRequest request) {
        PlannedBatch batch = workload.of(request.sourceDirectoryId());
        Place place = new Place(batch.index(), request.ordinal());
        epochs.put(place, request.epoch());
        return switch (batch.kind(request.ordinal())) {
            case REFUSED -> JobCreation.refused(PlannedBatch.message(request.ordinal()));
            case NOT_NOW -> putOff.add(place) ? JobCreation.notNow(Duration.ofMillis(3)) : JobCreation.created(job());
            case ASYNC -> JobCreation.created(Job.async(this::start));
            case OWN_ID -> JobCreation.created(job(), Workload.JOB_PREFIX + "own-" + request.proposedJobId());
            default -> JobCreation.created(job());
        };
    }

    private Job job() {
        return Job.blocking(this::run);
    }

    private Outcome run(JobContext context) throws InterruptedException {
        PlannedBatch batch = begun(context);
        String message = PlannedBatch.message(context.ordinal());
        return switch (batch.kind(context.ordinal())) {
            case SLOW -> takeTime(context, batch.time(context.ordinal()));
            case RETRIED -> context.attempt() > 1 ? Outcome.succeeded() : Outcome.failedRetryably(message);
            case EXHAUSTED -> Outcome.failedRetryably(message);
            case FAILING -> Outcome.failed(message);
            case THROWING -> throw new IllegalStateException(message);
            case KILLER -> halt();
            case UNKEPT -> Outcome.failed(PlannedBatch.unkeptMessage(context.ordinal()));
            default -> Outcome.succeeded();
        };
    }

    private CompletionStage<Outcome> start(JobContext context) {
        PlannedBatch batch = begun(context);
        CompletableFuture<Outcome> end = new CompletableFuture<>();
        context.onStopRequested(() -> end.complete(Outcome.stopped()));
        Executor later =
                CompletableFuture.delayedExecutor(batch.time(context.ordinal()).toNanos(), TimeUnit.NANOSECONDS);
        later.execute(() -> end.complete(Outcome.succeeded()));
        return end;
    }

    private PlannedBatch begun(JobContext context) {
        PlannedBatch batch = workload.of(context.sourceDirectoryId());
        pipe.say(new LedgerLine.Started(
                batch.index(), context.batchId(), context.ordinal(), context.attempt(), context.epoch()));
        return batch;
    }

    private static Outcome takeTime(JobContext context, Duration time) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        context.onStopRequested(stopped::countDown);
        return stopped.await(time.toNanos(), TimeUnit.NANOSECONDS) ? Outcome.stopped() : Outcome.succeeded();
    }

    private static Outcome halt() {
        Runtime.getRuntime().halt(KillChild.KILLED_ITSELF);
        throw new AssertionError("halted");
    }
}
