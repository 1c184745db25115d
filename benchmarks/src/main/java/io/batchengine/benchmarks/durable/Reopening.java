package io.batchengine.benchmarks.durable;

import io.batchengine.BatchEngine;
import io.batchengine.benchmarks.NoOpFiles;
import io.batchengine.bundled.JobFactories;
import io.batchengine.jdbc.JdbcBatchStore;
import io.batchengine.model.Batch;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.BatchListener;
import io.batchengine.spi.BatchQuery;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.StoredBatch;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long it takes to go on with a half-done batch of a million files whose process was killed: from the opening of the store to the
 * first job, and how many jobs run that had run before.
 *
 * <p>Argument: a folder for the database. Runs itself in a second process, with the same options of the JVM, that halts in the middle.
 */
public final class Reopening {
    private static final int FILES = 1_000_000;

    private Reopening() {}

    /** Prints the times. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args.length > 0 ? args[0] : "").toAbsolutePath();
        Path file = Files.createDirectories(folder).resolve("reopening.db");
        if (args.length > 1 && args[1].equals("first-half")) {
            firstHalf(file);
            return;
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments()); // the same heap for both halves
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Reopening.class.getName()));
        command.addAll(List.of(folder.toString(), "first-half"));
        Process half = new ProcessBuilder(command).inheritIO().start();
        int exit = half.waitFor();
        System.out.printf("first half: exit %d, database of %,d bytes%n", exit, Files.size(file));
        secondHalf(file);
    }

    private static void firstHalf(Path file) throws InterruptedException {
        AtomicLong settled = new AtomicLong();
        BatchEngine engine = EngineSide.builder(JdbcBatchStore.sqlite(file), NoOpFiles.generated(FILES))
                .listener(new BatchListener() {
                    @Override
                    public void filesSettled(BatchEvent.FilesSettled event) {
                        if (settled.addAndGet(event.files().size()) >= FILES / 2) {
                            Runtime.getRuntime().halt(137);
                        }
                    }
                })
                .build();
        engine.batches().create(NoOpFiles.DIRECTORY, EngineSide.NO_OP, "cfg-any");
        new CountDownLatch(1).await();
    }

    private static void secondHalf(Path file) throws InterruptedException {
        AtomicLong starts = new AtomicLong();
        CountDownLatch first = new CountDownLatch(1);
        long begin = System.nanoTime();
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file)) {
            long opened = System.nanoTime();
            StoredBatch half = store.list(new BatchQuery("prj-default", Set.of(), null, null, null, null, 1, false))
                    .batches()
                    .get(0);
            try (BatchEngine engine = BatchEngine.builder()
                    .threads(2)
                    .sourceDirectory(NoOpFiles.generated(FILES))
                    .jobFactory(JobFactories.blocking(EngineSide.NO_OP.name(), "nop-", job -> {
                        starts.incrementAndGet();
                        first.countDown();
                        return Outcome.succeeded();
                    }))
                    .store(store)
                    .build()) {
                first.await();
                long started = System.nanoTime();
                Batch ended = engine.batches().await(half.id(), Duration.ofMinutes(10));
                long settled = half.state().counts().settled();
                System.out.printf(
                        "second half: open after %d ms, first job after %d ms, %s after %d ms%n",
                        millis(begin, opened),
                        millis(begin, started),
                        ended.status(),
                        millis(begin, System.nanoTime()));
                System.out.printf(
                        "%,d files were settled before, %,d jobs started since, %,d of them again%n",
                        settled, starts.get(), settled + starts.get() - FILES);
            }
        }
    }

    private static long millis(long from, long to) {
        return Duration.ofNanos(to - from).toMillis();
    }
}
