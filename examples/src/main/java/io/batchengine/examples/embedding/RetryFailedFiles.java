package io.batchengine.examples.embedding;

import io.batchengine.BatchEngine;
import io.batchengine.Batches;
import io.batchengine.bundled.JobFactories;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchResult;
import io.batchengine.model.FileCounts;
import io.batchengine.model.JobRecord;
import io.batchengine.model.JobStatus;
import io.batchengine.model.JobType;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Runs a batch in which every second file fails, prints why, and runs only the failed files again once the reason is gone.
 */
public final class RetryFailedFiles {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private RetryFailedFiles() {}

    /**
     * Runs both batches.
     *
     * @param args the directory
     */
    public static void main(String[] args) {
        AtomicBoolean repaired = new AtomicBoolean();
        JobFactory jobs = JobFactories.blocking(
                "check_v1",
                "chk-",
                job -> repaired.get() || job.ordinal() % 2 == 0
                        ? Outcome.succeeded()
                        : Outcome.failed("the service is down"));
        try (BatchEngine engine = BatchEngine.builder()
                .sourceDirectory(NioSourceDirectory.of(Map.of("dir-inbox", Path.of(args[0]))))
                .jobFactory(jobs)
                .build()) {
            Batches batches = engine.batches();
            Batch batch = batches.create("dir-inbox", JobType.of("check_v1"), "cfg-default");
            batches.await(batch.id(), PATIENCE);
            printFailures(batches, batch.id());
            repaired.set(true);
            retry(batches, batch.id());
        }
    }

    private static void printFailures(Batches batches, String id) {
        // README:begin failed-files
        try (Stream<JobRecord> jobs = batches.jobs(id)) {
            jobs.filter(job -> job.status() == JobStatus.FAILED)
                    .forEach(job -> System.out.println(job.fileId() + ": " + job.errorMessage()));
        }
        try (Stream<BatchResult> results = batches.results(id)) { // files for which no job could be created
            results.filter(file -> file.errorMessage() != null)
                    .forEach(file -> System.out.println(file.sourceDirectoryFileId() + ": " + file.errorMessage()));
        }
        // README:end failed-files
    }

    private static void retry(Batches batches, String id) {
        // README:begin retry-failed
        if (batches.progress(id).counts().failedFiles() > 0) {
            Batch retry = batches.retryFailed(id); // a new batch over the failed files
            Batch ended = batches.await(retry.id(), Duration.ofMinutes(10));
            FileCounts counts = batches.progress(ended.id()).counts();
            System.out.println(
                    ended.status() + ", " + counts.succeeded() + " succeeded, " + counts.failed() + " failed");
        }
        // README:end retry-failed
    }
}
