package io.batchengine.examples.embedding;

import io.batchengine.BatchEngine;
import io.batchengine.CreateBatch;
import io.batchengine.bundled.JobFactories;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.limits.Limits;
import io.batchengine.limits.ProjectLimits;
import io.batchengine.limits.Rate;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobType;
import io.batchengine.model.StatusReason;
import io.batchengine.model.Text;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.BatchListener;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Two projects share an engine. One floods it with a large batch; the other comes with ten files and does not wait behind them. Then the
 * flood is slowed down while it runs, tells why it waits, and is let go again.
 */
public final class TwoProjects {
    private static final JobType TYPE = JobType.of("resize_v1");
    private static final String IMPORT = "prj-import";
    private static final String SHOP = "prj-shop";
    private static final int FLOOD = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private TwoProjects() {}

    /**
     * Runs both projects over files of its own.
     *
     * @param args none
     * @throws Exception if there is no place for the files, or it is interrupted
     */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("two-projects");
        try {
            write(folder.resolve("dir-flood"), FLOOD);
            write(folder.resolve("dir-ten"), 10);
            run(folder);
        } finally {
            delete(folder);
        }
    }

    private static void run(Path folder) throws InterruptedException {
        JobFactory jobs = JobFactories.blocking("resize_v1", "rsz-", job -> {
            Thread.sleep(2);
            return Outcome.succeeded();
        });
        Reasons throttled = new Reasons();
        // README:begin limits
        Limits limits = Limits.DEFAULT
                .withMaxInFlight(50) // of all projects together
                .withProject(IMPORT, ProjectLimits.NONE.withMaxInFlight(3).withRate(Rate.perSecond(200)))
                .withProject(SHOP, ProjectLimits.NONE.withWeight(8)); // the import has a weight of 1
        // README:end limits
        try (BatchEngine engine = BatchEngine.builder()
                .sourceDirectory(NioSourceDirectory.under(folder)) // the id of a directory is its name
                .jobFactory(jobs)
                .threads(4)
                .limits(limits)
                .listener(throttled)
                .build()) {
            Batch flood = create(engine, IMPORT, "dir-flood", BatchOptions.DEFAULT_PRIORITY);
            while (engine.batches(IMPORT).progress(flood.id()).counts().settled() < 50) {
                Thread.sleep(5);
            }
            // Beside the flood: of another project, and of the same one.
            System.out.println("ten files of the shop took " + millis(engine, SHOP) + " ms");
            System.out.println("ten urgent files of the import took " + millis(engine, IMPORT) + " ms");
            tellStatus(engine, flood);

            // README:begin set-limits
            ProjectLimits slow = ProjectLimits.NONE.withRate(Rate.perSecond(0.2));
            engine.setLimits(engine.limits().withProject(IMPORT, slow)); // running jobs go on
            // README:end set-limits
            System.out.println("it is THROTTLED by " + throttled.next());

            engine.setLimits(engine.limits().withProject(IMPORT, ProjectLimits.NONE)); // used at once
            engine.batches(IMPORT).await(flood.id(), PATIENCE);
            tellStatus(engine, flood);
        }
    }

    private static Batch create(BatchEngine engine, String project, String directory, int priority) {
        return engine.batches(project)
                .create(CreateBatch.of(directory, TYPE, "cfg-default")
                        .withOptions(BatchOptions.DEFAULT.withPriority(priority)));
    }

    /** How long a batch of ten files takes; its priority counts beside the other batches of its project. */
    private static long millis(BatchEngine engine, String project) {
        long start = System.nanoTime();
        Batch ten = create(engine, project, "dir-ten", BatchOptions.HIGHEST_PRIORITY);
        engine.batches(project).await(ten.id(), PATIENCE);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private static void tellStatus(BatchEngine engine, Batch batch) {
        var progress = engine.batches(batch.projectId()).progress(batch.id());
        System.out.println("the flood is " + progress.status() + ": "
                + progress.counts().settled() + " of " + FLOOD + " files are done");
    }

    /** Why batches were throttled, as the events tell it; {@code batches.progress(id).reason()} tells it, too. */
    private static final class Reasons implements BatchListener {
        private final BlockingQueue<StatusReason> reasons = new LinkedBlockingQueue<>();

        @Override
        public void statusChanged(BatchEvent.StatusChanged event) {
            StatusReason reason = event.reason();
            if (event.status() == BatchStatus.THROTTLED && reason != null) {
                reasons.add(reason);
            }
        }

        String next() throws InterruptedException {
            StatusReason reason = reasons.poll(1, TimeUnit.MINUTES);
            return reason == null ? "never" : reason.code() + ": " + reason.message() + ", until " + reason.until();
        }
    }

    private static void write(Path directory, int files) throws IOException {
        Files.createDirectory(directory);
        for (int i = 0; i < files; i++) {
            Files.createFile(directory.resolve(Text.format("%04d.png", i)));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) { // the deepest first
                Files.delete(path);
            }
        }
    }
}
