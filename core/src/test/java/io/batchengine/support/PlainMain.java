package io.batchengine.support;

import io.batchengine.BatchEngine;
import io.batchengine.BatchEngineBuilder;
import io.batchengine.bundled.JobFactories;
import io.batchengine.model.JobType;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.BatchListener;
import io.batchengine.spi.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A program that creates a batch of 200 files and ends as its argument says; prints how many files were settled. */
public final class PlainMain {
    private static final AtomicInteger SETTLED = new AtomicInteger();
    private static final CompletableFuture<BatchEngine> ENGINE = new CompletableFuture<>();

    private PlainMain() {}

    /** Runs it. */
    public static void main(String[] args) {
        Runtime runtime = Runtime.getRuntime();
        switch (args[0]) {
            case "returns" -> create(builder());
            case "exits" -> {
                create(builder());
                System.exit(0);
            }
            case "closes" -> create(builder()).close();
            case "closes-in-a-hook" -> {
                BatchEngine engine = create(builder());
                runtime.addShutdownHook(new Thread(() -> engine.close(Duration.ofSeconds(10))));
                System.exit(0);
            }
            case "builds-in-a-hook" ->
                runtime.addShutdownHook(new Thread(() -> create(builder()).close()));
            case "stays" -> ENGINE.complete(create(builder().daemonThreads(false)));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static BatchEngineBuilder builder() {
        return BatchEngine.builder()
                .sourceDirectory(new ListedDirectory().generating("dir-a", 200))
                .listener(new BatchListener() {
                    @Override
                    public void filesSettled(BatchEvent.FilesSettled event) {
                        SETTLED.addAndGet(event.files().size());
                    }

                    @Override
                    public void statusChanged(BatchEvent.StatusChanged event) {
                        if (event.status().isTerminal()) {
                            System.out.println(SETTLED + " settled");
                            var unused = ENGINE.thenCompose(engine -> engine.closeAsync(Duration.ofSeconds(10)));
                        }
                    }
                })
                .jobFactory(JobFactories.blocking("test_v1", "tst-", job -> {
                    Thread.sleep(20);
                    return Outcome.succeeded();
                }));
    }

    private static BatchEngine create(BatchEngineBuilder builder) {
        BatchEngine engine = builder.threads(2).build();
        engine.batches().create("dir-a", JobType.of("test_v1"), "cfg");
        return engine;
    }
}
