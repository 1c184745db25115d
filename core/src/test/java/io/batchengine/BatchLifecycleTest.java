package io.batchengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.bundled.JobFactories;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchResult;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.JobRecord;
import io.batchengine.model.JobStatus;
import io.batchengine.model.JobType;
import io.batchengine.spi.Outcome;
import io.batchengine.support.ListedDirectory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** The whole path, on real threads. */
class BatchLifecycleTest {
    private static final JobType COUNT = JobType.of("count_v1");
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void a_batch_runs_one_job_for_every_file_and_completes() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        try (BatchEngine engine = BatchEngine.builder()
                .sourceDirectory(new ListedDirectory().with("dir-a", "b.txt", "a.txt", "c.txt"))
                .jobFactory(JobFactories.blocking("count_v1", "cnt-", job -> {
                    seen.add(job.file().id());
                    return job.file().id().equals("b.txt") ? Outcome.failed("no good") : Outcome.succeeded();
                }))
                .build()) {
            Batch created = engine.batches().create("dir-a", COUNT, "cfg-any");
            assertThat(created.status()).isEqualTo(BatchStatus.PENDING);
            assertThat(created.results()).isNull();

            Batch done = engine.batches().await(created.id(), LONG);
            assertThat(done.status()).isEqualTo(BatchStatus.COMPLETED);
            assertThat(seen).containsExactlyInAnyOrder("a.txt", "b.txt", "c.txt");

            List<BatchResult> results =
                    engine.batches().get(done.id(), Expand.RESULTS).results();
            assertThat(results)
                    .extracting(BatchResult::sourceDirectoryFileId)
                    .containsExactly("a.txt", "b.txt", "c.txt");
            assertThat(results).allMatch(result -> result.errorMessage() == null);
            List<JobRecord> jobs = engine.batches().jobs(done.id()).toList();
            assertThat(jobs)
                    .extracting(JobRecord::status)
                    .containsExactly(JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.COMPLETED);
            assertThat(jobs.get(1).errorMessage()).isEqualTo("no good");
            assertThat(engine.batches().job(jobs.get(1).reference())).isEqualTo(jobs.get(1));
        }
    }

    @Test
    void an_empty_directory_completes_with_no_results() {
        try (BatchEngine engine = BatchEngine.builder()
                .sourceDirectory(new ListedDirectory().with("dir-a"))
                .jobFactory(JobFactories.blocking("count_v1", "cnt-", job -> Outcome.succeeded()))
                .build()) {
            Batch created = engine.batches().create("dir-a", COUNT, "cfg-any");
            engine.batches().await(created.id(), LONG);
            assertThat(engine.batches().get(created.id(), Expand.RESULTS).results())
                    .isEmpty();
        }
    }

    @Test
    void a_million_files_run_once_each_in_listing_order() {
        LongAdder runs = new LongAdder();
        try (BatchEngine engine = BatchEngine.builder()
                .sourceDirectory(new ListedDirectory().generating("dir-big", 1_000_000))
                .jobFactory(JobFactories.blocking("count_v1", "cnt-", job -> {
                    runs.increment();
                    return Outcome.succeeded();
                }))
                .threads(4)
                .build()) {
            Batch created = engine.batches().create("dir-big", COUNT, "cfg-any");
            Batch done = engine.batches().await(created.id(), Duration.ofMinutes(2));
            assertThat(done.status()).isEqualTo(BatchStatus.COMPLETED);
            assertThat(runs.sum()).isEqualTo(1_000_000);
            assertThat(engine.batches().progress(done.id()).counts())
                    .isEqualTo(FileCounts.builder()
                            .listed(1_000_000)
                            .succeeded(1_000_000)
                            .build());
            AtomicLong next = new AtomicLong();
            engine.batches()
                    .results(done.id())
                    .forEach(result -> assertThat(Long.parseLong(
                                    result.sourceDirectoryFileId().substring(2)))
                            .isEqualTo(next.getAndIncrement()));
            assertThat(next).hasValue(1_000_000);
            assertThat(engine.health().problems()).isEmpty();
        }
    }
}
