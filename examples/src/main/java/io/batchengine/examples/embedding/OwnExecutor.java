package io.batchengine.examples.embedding;

import io.batchengine.BatchEngine;
import io.batchengine.Batches;
import io.batchengine.CloseReport;
import io.batchengine.EngineHealth;
import io.batchengine.bundled.JobFactories;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.model.Batch;
import io.batchengine.model.JobType;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service that has threads of its own: the engine shares them, the service's health check asks the engine, and when the service stops
 * the engine gets a deadline, so that the process ends when its orchestrator wants it to.
 */
public final class OwnExecutor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OwnExecutor.class);
    private static final int THREADS = 4;

    private final Duration stopWithin;
    private final ThreadPoolExecutor pool;
    private final BatchEngine engine;

    /**
     * What a health endpoint answers.
     *
     * @param status its HTTP status
     * @param body its text
     */
    public record HealthAnswer(int status, String body) {}

    /**
     * Starts the service.
     *
     * @param inbox its source directory
     * @param jobs makes its jobs
     * @param stopWithin how long {@link #close} may take
     */
    public OwnExecutor(Path inbox, JobFactory jobs, Duration stopWithin) {
        this.stopWithin = stopWithin;
        AtomicInteger number = new AtomicInteger();
        // Bounded: what does not fit is rejected, and the engine tries it again later.
        this.pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(100),
                task -> new Thread(task, "service-" + number.incrementAndGet()));
        // README:begin own-executor
        this.engine = BatchEngine.builder()
                .sourceDirectory(NioSourceDirectory.of(Map.of("dir-inbox", inbox)))
                .jobFactory(jobs)
                .executor(pool, 3) // up to three of the pool's four threads; the engine never shuts it down
                .build();
        // README:end own-executor
    }

    /**
     * Runs the service for one batch.
     *
     * @param args the directory
     */
    public static void main(String[] args) {
        JobFactory jobs = JobFactories.blocking("noop_v1", "nop-", job -> Outcome.succeeded());
        try (OwnExecutor service = new OwnExecutor(Path.of(args[0]), jobs, Duration.ofSeconds(20))) {
            Batch batch = service.batches().create("dir-inbox", JobType.of("noop_v1"), "cfg-default");
            Batch ended = service.batches().await(batch.id(), Duration.ofMinutes(5));
            System.out.println(ended.id() + " is " + ended.status());
            System.out.println(service.health());
        }
    }

    /** The calls on the service's batches. */
    public Batches batches() {
        return engine.batches();
    }

    /** Degraded is well enough for traffic: the engine goes on by itself when what it waits for is back. */
    public HealthAnswer health() {
        // README:begin health
        EngineHealth health = engine.health();
        int status = health.status() == EngineHealth.Status.CLOSED ? 503 : 200;
        String body = health.status() + " " + health.problems();
        // README:end health
        return new HealthAnswer(status, body);
    }

    @Override
    public void close() {
        var unused = stop();
    }

    /** Stops within the deadline; what has not ended then is started again by the next engine over the same store. */
    CloseReport stop() {
        // README:begin close
        CloseReport report = engine.close(stopWithin);
        if (!report.clean()) {
            log.warn("closed late; still running: {}", report.stuckJobs());
        }
        // README:end close
        pool.shutdownNow();
        return report;
    }

    boolean isPoolShutDown() {
        return pool.isShutdown();
    }
}
