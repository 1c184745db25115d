package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchProgress;
import io.batchengine.model.BatchResult;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.JobRecord;
import io.batchengine.model.JobReference;
import io.batchengine.model.JobStatus;
import io.batchengine.model.JobType;
import io.batchengine.model.Page;
import io.batchengine.model.RetryPolicy;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.Outcome;
import io.batchengine.support.FailingStore;
import io.batchengine.support.FailingStore.Fault;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.TestFactories;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Results, job records and progress, before and after the end of a batch. */
class ReadingTest {
    private final ManualMachine machine = new ManualMachine();
    private final ListedDirectory directory = new ListedDirectory().with("dir-a", "a", "b", "c", "d", "e");
    private final Map<String, CompletableFuture<Outcome>> ends = new HashMap<>();

    @Test
    void pages_stop_where_all_is_settled_and_go_on_later() {
        BatchEngine engine = asynchronous();
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        end("a", "b", "d");
        Page<BatchResult> first = engine.batches().results(id, PageRequest.ofSize(2));
        assertThat(ids(first)).containsExactly("a", "b");
        assertThat(first.nextPageToken()).isNotNull();
        PageRequest next = PageRequest.ofSize(2).withPageToken(first.nextPageToken());
        assertThat(ids(engine.batches().results(id, next))).isEmpty();
        assertThat(engine.batches().results(id).map(BatchResult::sourceDirectoryFileId))
                .containsExactly("a", "b");
        assertThat(engine.batches().get(id, Expand.RESULTS).results()).isNull();

        end("c", "e");
        assertThat(ids(engine.batches().results(id, next))).containsExactly("c", "d");
        assertThat(engine.batches().jobs(id)).hasSize(5);
        assertThat(engine.batches().get(id, Expand.RESULTS).results()).hasSize(5);
    }

    @Test
    void a_job_is_pending_then_running_then_what_it_became() {
        BatchEngine engine = machine.engine()
                .sourceDirectory(directory)
                .maxInFlight(1)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(
                        Job.async(job -> ends.computeIfAbsent(job.file().id(), file -> new CompletableFuture<>())))))
                .build();
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        String a = "tst-" + id.substring(4);
        String b = a.substring(0, a.length() - 1) + "1";
        assertThat(engine.batches().job(new JobReference(a, TYPE)).status()).isEqualTo(JobStatus.RUNNING);
        assertThat(engine.batches().job(new JobReference(b, TYPE)).status()).isEqualTo(JobStatus.PENDING);
        end("a", Outcome.failed("torn"));
        machine.run();
        JobRecord record = engine.batches().job(new JobReference(a, TYPE));
        assertThat(record.status()).isEqualTo(JobStatus.FAILED);
        assertThat(record.errorMessage()).isEqualTo("torn");
        assertThat(record.fileId()).isEqualTo("a");
        assertThat(engine.batches().job(new JobReference(b, TYPE)).status()).isEqualTo(JobStatus.RUNNING);
    }

    @Test
    void job_ids_of_a_factorys_own_are_recorded_and_found() {
        BatchEngine engine = machine.engine()
                .sourceDirectory(directory)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(
                        Job.blocking(job -> Outcome.succeeded()),
                        "tst-ticket-" + request.file().id())))
                .build();
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        JobReference own = new JobReference("tst-ticket-c", TYPE);
        assertThat(engine.batches().results(id).map(BatchResult::jobReference))
                .contains(own)
                .hasSize(5);
        assertThat(engine.batches().job(own).fileId()).isEqualTo("c");
        refused(ErrorCode.JOB_NOT_FOUND, () -> engine.batches("prj-other").job(own));
    }

    @Test
    void a_job_that_is_not_there_is_not_found() {
        BatchEngine engine = machine.engine()
                .sourceDirectory(directory)
                .jobFactory(TestFactories.creating(request -> JobCreation.refused("no")))
                .build();
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        String mappingError = "tst-" + id.substring(4);
        refused(ErrorCode.JOB_NOT_FOUND, () -> engine.batches().job(new JobReference(mappingError, TYPE)));
        refused(ErrorCode.JOB_NOT_FOUND, () -> engine.batches().job(new JobReference("tst-x", TYPE)));
        refused(ErrorCode.JOB_NOT_FOUND, () -> engine.batches().job(new JobReference("tst-\0", TYPE)));
        refused(ErrorCode.JOB_NOT_FOUND, () -> engine.batches().job(new JobReference("tst-\ud800", TYPE)));
        refused(ErrorCode.JOB_NOT_FOUND, () -> engine.batches().job(new JobReference(mappingError, JobType.PARSE_V2)));
        String beyond = mappingError.substring(0, mappingError.length() - 2) + "ff";
        refused(ErrorCode.JOB_NOT_FOUND, () -> engine.batches().job(new JobReference(beyond, TYPE)));
    }

    @Test
    void more_results_than_the_bound_are_refused_with_the_way_out() {
        BatchEngine engine = machine.engine()
                .sourceDirectory(directory)
                .maxExpandedResults(4)
                .jobFactory(TestFactories.creating(
                        request -> JobCreation.created(Job.blocking(job -> Outcome.succeeded()))))
                .build();
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        assertThatThrownBy(() -> engine.batches().get(id, Expand.RESULTS))
                .hasMessageContaining("5 results")
                .hasMessageContaining("page by page");
        assertThat(engine.batches().get(id).results()).isNull();
        assertThat(engine.batches().results(id)).hasSize(5);
    }

    @Test
    void page_tokens_are_of_their_batch_and_kind_alone() {
        BatchEngine engine = machine.engine()
                .sourceDirectory(directory)
                .jobFactory(TestFactories.creating(
                        request -> JobCreation.created(Job.blocking(job -> Outcome.succeeded()))))
                .build();
        String one = engine.batches().create("dir-a", TYPE, "cfg").id();
        String two = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        String token = engine.batches().results(one, PageRequest.ofSize(2)).nextPageToken();
        PageRequest next = PageRequest.ofSize(2).withPageToken(token);
        assertThat(ids(engine.batches().results(one, next))).containsExactly("c", "d");
        refused(ErrorCode.INVALID_ARGUMENT, () -> engine.batches().results(two, next));
        refused(ErrorCode.INVALID_ARGUMENT, () -> engine.batches().jobs(one, next));
        for (String forged : List.of("", "x", "!", "a".repeat(10_000), token + "A")) {
            refused(
                    ErrorCode.INVALID_ARGUMENT,
                    () -> engine.batches().results(one, PageRequest.ofSize(2).withPageToken(forged)));
        }
        refused(ErrorCode.INVALID_ARGUMENT, () -> PageRequest.ofSize(0));
        refused(ErrorCode.INVALID_ARGUMENT, () -> PageRequest.ofSize(1_001));
    }

    @Test
    void progress_has_rate_and_time_left_once_listing_has_ended() {
        directory.with("dir-ten", IntStream.range(0, 10).mapToObj(n -> "f" + n).toArray(String[]::new));
        BatchEngine engine = machine.engine(1)
                .sourceDirectory(directory)
                .environment(environment -> environment.withStepsPerTask(1))
                .maxInFlight(1)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.async(job -> {
                    CompletableFuture<Outcome> end = new CompletableFuture<>();
                    machine.timer().schedule(() -> end.complete(Outcome.succeeded()), Duration.ofSeconds(2));
                    return end;
                }))))
                .build();
        String id = engine.batches()
                .create(CreateBatch.of("dir-ten", TYPE, "cfg").withRequestedBy("ops"))
                .id();
        machine.advance(Duration.ofSeconds(10));
        BatchProgress progress = engine.batches().progress(id);
        assertThat(progress.status()).isEqualTo(BatchStatus.RUNNING);
        assertThat(progress.listingEnded()).isTrue();
        assertThat(progress.counts().settled()).isEqualTo(5);
        assertThat(progress.filesPerSecond()).isEqualTo(0.5);
        assertThat(progress.timeLeft()).isEqualTo(Duration.ofSeconds(10));
        assertThat(progress.inFlight()).isEqualTo(1);
        assertThat(progress.requestedBy()).isEqualTo("ops");
        assertThat(progress.startedAt()).isNotNull();
        machine.advance(Duration.ofSeconds(10));
        assertThat(engine.batches().progress(id).timeLeft()).isNull();
        assertThat(engine.batches().progress(id).finishedAt()).isNotNull();
    }

    @Test
    void time_left_is_told_by_the_last_minute_and_not_by_an_outage_before_it() {
        Set<String> down = new HashSet<>();
        BatchEngine engine = machine.engine(1)
                .maxInFlight(1)
                .store(new FailingStore(
                        new InMemoryBatchStore(machine::nanos),
                        call -> down.contains(call) ? Fault.BEFORE : Fault.NONE))
                .sourceDirectory(directory.generating("dir-many", 1_000))
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.async(job -> {
                    CompletableFuture<Outcome> end = new CompletableFuture<>();
                    machine.timer().schedule(() -> end.complete(Outcome.succeeded()), Duration.ofMillis(100));
                    return end;
                }))))
                .build();
        String id = engine.batches().create("dir-many", TYPE, "cfg").id();
        machine.advance(Duration.ofSeconds(60));
        down.addAll(Set.of("commit", "renew", "claim"));
        machine.advance(Duration.ofMinutes(15));
        down.clear();
        machine.advanceUntil(() -> engine.batches().progress(id).counts().settled() >= 800);
        BatchProgress progress = engine.batches().progress(id);
        double left = (progress.counts().listed() - progress.counts().settled()) / 10.0;
        assertThat(requireNonNull(progress.timeLeft()).toMillis() / 1_000.0).isBetween(left / 2, left * 1.5);
    }

    @Test
    void time_left_is_no_shorter_than_the_wait_of_the_last_retry() {
        directory.with("dir-ten", IntStream.range(0, 10).mapToObj(n -> "f" + n).toArray(String[]::new));
        BatchEngine engine = machine.engine(1)
                .sourceDirectory(directory)
                .jobFactory(TestFactories.creating(request ->
                        JobCreation.created(Job.async(job -> CompletableFuture.completedFuture(
                                job.file().name().equals("f3") && job.attempt() == 1
                                        ? Outcome.failedRetryably("busy")
                                        : Outcome.succeeded())))))
                .build();
        RetryPolicy retry = RetryPolicy.of(2).withBackoff(Duration.ofMinutes(10), Duration.ofMinutes(10));
        String id = engine.batches()
                .create(CreateBatch.of("dir-ten", TYPE, "cfg").withOptions(BatchOptions.DEFAULT.withRetry(retry)))
                .id();
        machine.advance(Duration.ofSeconds(5));
        assertThat(engine.batches().progress(id).counts().settled()).isEqualTo(9);
        Duration left = requireNonNull(engine.batches().progress(id).timeLeft());
        machine.advance(left.minusSeconds(1));
        assertThat(engine.batches().progress(id).status()).isEqualTo(BatchStatus.RUNNING);
        machine.advance(Duration.ofSeconds(3));
        assertThat(engine.batches().progress(id).status()).isEqualTo(BatchStatus.COMPLETED);
    }

    @Test
    void time_left_counts_the_pace_of_attempts_where_every_first_one_fails() {
        BatchEngine engine = machine.engine(1)
                .maxInFlight(1)
                .sourceDirectory(directory.generating("dir-many", 1_000))
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.async(job -> {
                    CompletableFuture<Outcome> end = new CompletableFuture<>();
                    Outcome outcome = job.attempt() == 1 ? Outcome.failedRetryably("busy") : Outcome.succeeded();
                    machine.timer().schedule(() -> end.complete(outcome), Duration.ofMillis(100));
                    return end;
                }))))
                .build();
        RetryPolicy retry = RetryPolicy.of(2).withBackoff(Duration.ofMinutes(10), Duration.ofMinutes(10));
        String id = engine.batches()
                .create(CreateBatch.of("dir-many", TYPE, "cfg").withOptions(BatchOptions.DEFAULT.withRetry(retry)))
                .id();
        Map<Long, Double> told = new HashMap<>();
        while (machine.nanos() < Duration.ofMinutes(10).toNanos()) {
            machine.advance(Duration.ofSeconds(10));
            Duration left = requireNonNull(engine.batches().progress(id).timeLeft());
            told.put(machine.nanos(), left.toMillis() / 1_000.0);
        }
        machine.advanceUntil(() -> engine.batches().get(id).status() == BatchStatus.COMPLETED);
        double end = machine.nanos() / 1e9;
        told.forEach((nanos, left) -> {
            double real = end - nanos / 1e9;
            assertThat(left).as("%s s before the end", real).isBetween(real / 2, real * 2);
        });
    }

    private BatchEngine asynchronous() {
        return machine.engine()
                .sourceDirectory(directory)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(
                        Job.async(job -> ends.computeIfAbsent(job.file().id(), file -> new CompletableFuture<>())))))
                .build();
    }

    private void end(String... files) {
        for (String file : files) {
            end(file, Outcome.succeeded());
        }
        machine.run();
    }

    private void end(String file, Outcome outcome) {
        assertThat(requireNonNull(ends.get(file)).complete(outcome)).isTrue();
    }

    private static List<String> ids(Page<BatchResult> page) {
        List<String> ids = new ArrayList<>();
        page.items().forEach(result -> ids.add(result.sourceDirectoryFileId()));
        return ids;
    }

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
