package io.batchengine.benchmarks.targets;

import io.batchengine.BatchEngine;
import io.batchengine.benchmarks.CountedFiles;
import io.batchengine.benchmarks.process.CommandLoop;
import io.batchengine.bundled.JobFactories;
import io.batchengine.jdbc.JdbcBatchStore;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobType;
import io.batchengine.spi.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The process of {@link AsyncInFlight}; {@code run <files>}: how many nanoseconds from the creation of the batch to its end. */
final class AsyncWorker implements CommandLoop.Handler {
    private static final int IN_FLIGHT = 10_000;
    private static final Duration JOB = Duration.ofSeconds(1);
    private static final JobType TYPE = JobType.of("async_v1");

    private final JdbcBatchStore store;
    private final BatchEngine engine;
    /** All jobs last as long, so that they end in the order of their starts. */
    private final BlockingQueue<Running> running = new LinkedBlockingQueue<>();

    /** A job, and when it ends. */
    record Running(CompletableFuture<Outcome> end, long endNanos) {}

    private AsyncWorker(Path file) {
        store = JdbcBatchStore.sqlite(file);
        engine = BatchEngine.builder()
                .threads(Bench.THREADS)
                .maxInFlight(IN_FLIGHT)
                .sourceDirectory(CountedFiles.prepared())
                .jobFactory(JobFactories.async(TYPE.name(), "asy-", job -> start()))
                .store(store)
                .build();
    }

    public static void main(String[] args) {
        CommandLoop.serve(() -> {
            AsyncWorker worker = new AsyncWorker(Path.of(args[0]));
            Thread service = new Thread(worker::endJobs, "the remote service");
            service.setDaemon(true);
            service.start();
            return worker;
        });
    }

    static double idealNanos(int files) {
        return (double) files / IN_FLIGHT * JOB.toNanos();
    }

    private CompletionStage<Outcome> start() {
        CompletableFuture<Outcome> end = new CompletableFuture<>();
        running.add(new Running(end, System.nanoTime() + JOB.toNanos()));
        return end;
    }

    private void endJobs() {
        try {
            while (true) {
                Running next = running.take();
                for (long left = next.endNanos() - System.nanoTime();
                        left > 0;
                        left = next.endNanos() - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.sleep(left);
                }
                next.end().complete(Outcome.succeeded());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String obey(List<String> words) {
        int files = Integer.parseInt(words.get(1));
        long start = System.nanoTime();
        String id = engine.batches()
                .create(CountedFiles.of(files), TYPE, "cfg-none")
                .id();
        Batch ended = engine.batches().await(id, Duration.ofMinutes(5));
        long nanos = System.nanoTime() - start;
        if (ended.status() != BatchStatus.COMPLETED
                || engine.batches().progress(id).counts().succeeded() != files) {
            throw new IllegalStateException("not all succeeded: " + ended);
        }
        engine.batches().delete(id);
        return Long.toString(nanos);
    }

    @Override
    public void end() {
        engine.close();
        store.close();
    }
}
