package io.batchengine.support;

import static java.util.Objects.requireNonNull;

import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Asynchronous jobs of batches of one file each: a batch runs until a test ends it, or it is asked to stop. */
public final class OpenJobs {
    private final Map<String, CompletableFuture<Outcome>> open = new LinkedHashMap<>();
    private final List<String> started = new ArrayList<>();

    /** Jobs of {@link TestFactories#TYPE}. */
    public JobFactory factory() {
        return TestFactories.creating(request -> JobCreation.created(Job.async(job -> {
            CompletableFuture<Outcome> end = new CompletableFuture<>();
            started.add(request.batchId());
            open.put(request.batchId(), end);
            job.onStopRequested(() -> end.complete(Outcome.stopped()));
            return end;
        })));
    }

    /** The batches whose job runs now, in the order of their start. */
    public List<String> running() {
        return open.entrySet().stream()
                .filter(job -> !job.getValue().isDone())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The batches whose jobs were started, each as often as it was. */
    public List<String> started() {
        return List.copyOf(started);
    }

    /** Ends the job of a batch. */
    public void end(String batchId) {
        requireNonNull(open.get(batchId), batchId).complete(Outcome.succeeded());
    }

    /** Ends all that run. */
    public void endAll() {
        running().forEach(this::end);
    }
}
