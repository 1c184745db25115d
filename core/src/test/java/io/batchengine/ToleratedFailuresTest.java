package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchProgress;
import io.batchengine.model.BatchResult;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.FailureTolerance;
import io.batchengine.model.FileCounts;
import io.batchengine.model.JobRecord;
import io.batchengine.model.JobStatus;
import io.batchengine.model.RetryPolicy;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.Outcome;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.RecordingListener;
import io.batchengine.support.TestFactories;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch with more failed files than it tolerates stops and is FAILED; what is recorded is kept. */
class ToleratedFailuresTest {
    private final ManualMachine machine = new ManualMachine();
    private final InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
    private final RecordingListener events = new RecordingListener();
    private final ListedDirectory directory = new ListedDirectory();
    private final List<String> started = new ArrayList<>();
    private final Map<String, CompletableFuture<Outcome>> running = new HashMap<>();
    private ManualMachine.Simulated process = machine.process();

    @Test
    void beyond_the_tolerated_number_nothing_more_starts_and_the_batch_is_failed() {
        directory.generating("dir-a", 1_000);
        BatchEngine engine = blocking(job -> Outcome.failed("broken"));
        String id = create(engine, FailureTolerance.ofCount(3));
        machine.run();
        assertThat(started).hasSize(4);
        assertFailed(engine, id, "4 of 1000 files have failed, more than the 3 that the batch tolerates");
        assertThat(engine.batches().progress(id).counts().failed()).isEqualTo(4);
        assertThat(events.statuses(id)).containsExactly(BatchStatus.PENDING, BatchStatus.RUNNING, BatchStatus.FAILED);
        assertThat(directory.openListings()).isZero();
    }

    @Test
    void what_is_recorded_is_kept_and_read_page_by_page() {
        directory.with("dir-a", "a", "b", "c", "d");
        BatchEngine engine =
                blocking(job -> job.file().id().equals("a") ? Outcome.succeeded() : Outcome.failed("broken"));
        String id = create(engine, FailureTolerance.ofCount(1));
        machine.run();
        assertThat(engine.batches().get(id, Expand.RESULTS).results()).isNull();
        assertThat(engine.batches().results(id).map(BatchResult::sourceDirectoryFileId))
                .containsExactly("a", "b", "c");
        assertThat(engine.batches().jobs(id, PageRequest.FIRST).items())
                .extracting(JobRecord::status)
                .containsExactly(JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.FAILED);
        String retry = engine.batches().retryFailed(id).id();
        machine.run();
        assertThat(started).containsExactly("a", "b", "c", "b", "c");
        assertThat(engine.batches().get(retry).status()).isEqualTo(BatchStatus.FAILED);
    }

    @ParameterizedTest
    @CsvSource({
        "4, 25, 1, COMPLETED",
        "4, 25, 2, FAILED",
        "4, 49.9, 2, FAILED",
        "3, 0, 0, COMPLETED",
        "3, 0, 1, FAILED",
        "3, 100, 3, COMPLETED",
    })
    void a_percentage_is_of_all_files_once_they_are_listed(int files, double percent, int failing, BatchStatus end) {
        directory.generating("dir-a", files);
        BatchEngine engine =
                blocking(job -> job.ordinal() >= files - failing ? Outcome.failed("broken") : Outcome.succeeded());
        String id = create(engine, FailureTolerance.ofPercent(percent));
        machine.run();
        assertThat(engine.batches().get(id).status()).isEqualTo(end);
    }

    @Test
    void while_files_are_listed_a_percentage_says_nothing_of_the_first_ones() {
        directory.generating("dir-a", 1_000_000);
        BatchEngine engine = blocking(job -> Outcome.failed("broken"));
        String id = create(engine, FailureTolerance.ofPercent(12.5));
        machine.run();
        assertThat(started).hasSize(126);
        assertThat(engine.batches().progress(id).listingEnded()).isFalse();
        assertFailed(engine, id, "126 of 126 settled files have failed, more than the 12.5 % that the batch tolerates");
    }

    @Test
    void while_files_are_listed_a_percentage_is_of_those_that_are_settled() {
        directory.generating("dir-a", 1_000_000);
        BatchEngine engine = blocking(job -> job.ordinal() % 5 == 0 ? Outcome.failed("broken") : Outcome.succeeded());
        String id = create(engine, FailureTolerance.ofPercent(15));
        machine.run();
        // Of every five the first one fails: 151 of 751 are more than 15 % of 1,000.
        assertThat(engine.batches().progress(id).counts().settled()).isEqualTo(751);
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.FAILED);
    }

    @Test
    void a_mapping_error_is_a_failure_too() {
        directory.with("dir-a", "a", "b", "c");
        BatchEngine engine = process.engine(1)
                .sourceDirectory(directory)
                .store(store)
                .environment(environment -> environment.withStepsPerTask(1))
                .jobFactory(TestFactories.creating(request -> {
                    started.add(request.file().id());
                    return JobCreation.refused("no");
                }))
                .build();
        String id = create(engine, FailureTolerance.ofCount(1));
        machine.run();
        assertThat(started).containsExactly("a", "b");
        assertThat(engine.batches().progress(id).counts())
                .isEqualTo(FileCounts.builder().listed(3).mappingErrors(2).build());
        assertFailed(engine, id, "2 of 3 files have failed, more than the 1 that the batch tolerates");
    }

    @Test
    void an_attempt_that_is_repeated_is_no_failed_file() {
        directory.with("dir-a", "a", "b");
        BatchEngine engine = blocking(job -> job.attempt() < 3 ? Outcome.failedRetryably("busy") : Outcome.succeeded());
        RetryPolicy retry = RetryPolicy.of(3).withBackoff(Duration.ofSeconds(1), Duration.ofSeconds(1));
        String id = create(
                engine,
                BatchOptions.DEFAULT.withTolerance(FailureTolerance.ofCount(0)).withRetry(retry));
        machine.advance(Duration.ofSeconds(10));
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_last_file_of_all_fails_the_batch(boolean asynchronous) {
        directory.with("dir-a", "a", "b", "c");
        BatchEngine engine = asynchronous
                ? asynchronous()
                : blocking(job -> job.file().id().equals("c") ? Outcome.failed("broken") : Outcome.succeeded());
        String id = create(engine, FailureTolerance.ofCount(0));
        machine.run();
        if (asynchronous) {
            end("a", Outcome.succeeded());
            end("b", Outcome.succeeded());
            assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.RUNNING);
            end("c", Outcome.failed("broken"));
        }
        assertFailed(engine, id, "1 of 3 files have failed, more than the 0 that the batch tolerates");
        assertThat(engine.batches().progress(id).counts())
                .isEqualTo(FileCounts.builder().listed(3).succeeded(2).failed(1).build());
        assertThat(events.statuses(id)).containsExactly(BatchStatus.PENDING, BatchStatus.RUNNING, BatchStatus.FAILED);
    }

    @Test
    void running_jobs_may_end_and_keep_their_results() {
        directory.with("dir-a", "a", "b");
        BatchEngine engine = asynchronous();
        String id = create(engine, FailureTolerance.ofCount(0));
        machine.run();
        end("a", Outcome.failed("broken"));
        machine.advance(Duration.ofMinutes(5));
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.RUNNING);
        assertThat(engine.batches().progress(id).counts().failed())
                .as("recorded")
                .isEqualTo(1);
        end("b", Outcome.succeeded());
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.FAILED);
        assertThat(engine.batches().progress(id).counts())
                .isEqualTo(FileCounts.builder().listed(2).succeeded(1).failed(1).build());
    }

    @Test
    void a_failure_counts_while_a_slow_job_of_the_same_turn_still_runs() {
        directory.with("dir-a", "a", "slow", "z");
        BatchEngine engine = engine(256, job -> {
            if (job.file().id().equals("slow")) {
                machine.advance(Duration.ofSeconds(1)); // what other threads do meanwhile
            }
            return job.file().id().equals("a") ? Outcome.failed("broken") : Outcome.succeeded();
        });
        String id = create(engine, FailureTolerance.ofCount(0));
        machine.run();
        assertThat(started).containsExactly("a", "slow");
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.FAILED);
    }

    @Test
    void a_batch_that_is_taken_over_beyond_its_tolerance_fails_without_a_further_start() {
        directory.generating("dir-a", 500);
        String id = leftBeyondItsTolerance();
        process.kill();
        machine.advance(Duration.ofMinutes(1)); // its lease
        process = machine.process();
        started.clear();
        BatchEngine next = asynchronous();
        machine.run();
        assertThat(started).isEmpty();
        assertFailed(next, id, "1 of 500 files have failed, more than the 0 that the batch tolerates");
    }

    @Test
    void a_batch_that_is_given_back_beyond_its_tolerance_is_failed_by_the_next_engine() {
        directory.generating("dir-a", 500);
        BatchEngine closing = asynchronous();
        String id = create(closing, FailureTolerance.ofCount(0));
        machine.run();
        closing.closeAsync(Duration.ofMinutes(1));
        end("f-00000000", Outcome.failed("broken"));
        running.values().forEach(job -> job.complete(Outcome.succeeded()));
        machine.advance(Duration.ofSeconds(1));
        started.clear();
        BatchEngine next = asynchronous();
        assertThat(next.batches().get(id).status()).isEqualTo(BatchStatus.RUNNING);
        machine.run();
        assertThat(started).isEmpty();
        assertThat(next.batches().get(id).status()).isEqualTo(BatchStatus.FAILED);
    }

    @Test
    void the_last_file_of_all_fails_the_batch_also_while_the_engine_closes() {
        directory.with("dir-a", "a", "b");
        BatchEngine closing = asynchronous();
        String id = create(closing, FailureTolerance.ofCount(0));
        machine.run();
        closing.closeAsync(Duration.ofMinutes(1));
        machine.run();
        end("a", Outcome.succeeded());
        end("b", Outcome.failed("broken"));
        machine.advance(Duration.ofSeconds(1));
        started.clear();
        BatchEngine next = asynchronous();
        assertFailed(next, id, "1 of 2 files have failed, more than the 0 that the batch tolerates");
    }

    @Test
    void a_cancellation_wins_over_failures_that_have_not_ended_the_batch_yet() {
        directory.generating("dir-a", 500);
        String id = leftBeyondItsTolerance();
        BatchEngine engine = asynchronous(); // any engine takes the request
        engine.batches().cancel(id);
        machine.advance(Duration.ofMinutes(1));
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.CANCELLED);
        assertThat(engine.batches().progress(id).reason()).isNull();
    }

    @Test
    void a_cancellation_wins_over_failures_that_come_after_it() {
        directory.with("dir-a", "a", "b");
        BatchEngine engine = asynchronous();
        String id = create(engine, FailureTolerance.ofCount(0));
        machine.run();
        engine.batches().cancel(id);
        end("a", Outcome.failed("broken")); // b stops as it is asked to
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.CANCELLED);
        assertThat(engine.batches().progress(id).counts())
                .isEqualTo(FileCounts.builder().listed(2).failed(1).cancelled(1).build());
    }

    @Test
    void it_holds_on_an_executor_that_runs_jobs_on_the_submitting_thread() {
        directory.generating("dir-a", 20_000);
        try (BatchEngine engine = BatchEngine.builder()
                .executor(Runnable::run, 3)
                .environment(environment -> environment.withStepsPerTask(1))
                .sourceDirectory(directory)
                .jobFactory(TestFactories.creating(
                        request -> JobCreation.created(Job.blocking(job -> Outcome.failed("broken")))))
                .build()) {
            String id = create(engine, FailureTolerance.ofCount(10));
            engine.batches().await(id, Duration.ofSeconds(30));
            BatchProgress progress = engine.batches().progress(id);
            assertThat(progress.status()).isEqualTo(BatchStatus.FAILED);
            assertThat(requireNonNull(progress.reason()).code()).isEqualTo(StatusReason.Code.TOO_MANY_FAILURES);
            assertThat(progress.counts().failed()).isBetween(11L, 14L);
            assertThat(engine.health().problems()).isEmpty();
        }
    }

    /** A batch that is to fail, and waits for the jobs that still run. */
    private String leftBeyondItsTolerance() {
        BatchEngine engine = asynchronous();
        String id = create(engine, FailureTolerance.ofCount(0));
        machine.run();
        end("f-00000000", Outcome.failed("broken"));
        assertThat(engine.batches().progress(id).counts().failed()).isEqualTo(1);
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.RUNNING);
        return id;
    }

    private void end(String fileId, Outcome outcome) {
        requireNonNull(running.get(fileId)).complete(outcome);
        machine.run();
    }

    private static void assertFailed(BatchEngine engine, String id, String message) {
        BatchProgress progress = engine.batches().progress(id);
        assertThat(progress.status()).isEqualTo(BatchStatus.FAILED);
        StatusReason reason = requireNonNull(progress.reason());
        assertThat(reason.code()).isEqualTo(StatusReason.Code.TOO_MANY_FAILURES);
        assertThat(reason.message()).isEqualTo(message);
    }

    private static String create(BatchEngine engine, FailureTolerance tolerance) {
        return create(engine, BatchOptions.DEFAULT.withTolerance(tolerance));
    }

    private static String create(BatchEngine engine, BatchOptions options) {
        return engine.batches()
                .create(CreateBatch.of("dir-a", TYPE, "cfg").withOptions(options))
                .id();
    }

    private BatchEngine blocking(Job.BlockingJob job) {
        return engine(1, job);
    }

    private BatchEngine engine(int stepsPerTask, Job.BlockingJob job) {
        return builder()
                .environment(environment -> environment.withStepsPerTask(stepsPerTask))
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.blocking(context -> {
                    started.add(context.file().id());
                    return job.run(context);
                }))))
                .build();
    }

    /** Jobs that run until a test ends them, or until they are asked to stop. */
    private BatchEngine asynchronous() {
        return builder()
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.async(this::start))))
                .build();
    }

    private CompletableFuture<Outcome> start(JobContext job) {
        started.add(job.file().id());
        CompletableFuture<Outcome> end = new CompletableFuture<>();
        running.put(job.file().id(), end);
        job.onStopRequested(() -> end.complete(Outcome.stopped()));
        return end;
    }

    private BatchEngineBuilder builder() {
        return process.engine(1)
                .sourceDirectory(directory)
                .listener(events)
                .store(store)
                .maxInFlight(10);
    }
}
