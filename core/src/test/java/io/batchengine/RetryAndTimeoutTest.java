package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchStatus;
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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Retries, timeouts and back-pressure, in simulated time. */
class RetryAndTimeoutTest {
    private static final RetryPolicy THREE =
            RetryPolicy.of(3).withBackoff(Duration.ofSeconds(10), Duration.ofSeconds(15));

    private final ManualMachine machine = new ManualMachine();
    private final RecordingListener events = new RecordingListener();
    private final ListedDirectory directory = new ListedDirectory().with("dir-a", "a", "b");

    @Test
    void a_retryable_failure_is_tried_again_after_a_wait_that_holds_no_thread() {
        List<Long> starts = new ArrayList<>();
        BatchEngine engine = engine(job -> {
            if (job.file().id().equals("a")) {
                starts.add(machine.nanos());
                return job.attempt() < 3 ? Outcome.failedRetryably("busy") : Outcome.succeeded();
            }
            return Outcome.succeeded();
        });
        String id = engine.batches()
                .create(CreateBatch.of("dir-a", TYPE, "cfg").withOptions(BatchOptions.DEFAULT.withRetry(THREE)))
                .id();
        machine.run();
        assertThat(engine.health().jobsInFlight()).isZero();
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.RUNNING);
        machine.advanceUntil(() -> engine.batches().get(id).status().isTerminal());

        assertThat(starts).hasSize(3);
        assertThat(starts.get(1) - starts.get(0))
                .isBetween(1L, Duration.ofSeconds(10).toNanos());
        assertThat(starts.get(2) - starts.get(1))
                .isBetween(1L, Duration.ofSeconds(15).toNanos());
        JobRecord job = engine.batches().jobs(id).findFirst().orElseThrow();
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.attempts()).isEqualTo(3);
        assertThat(events.statuses(id))
                .containsExactly(BatchStatus.PENDING, BatchStatus.RUNNING, BatchStatus.COMPLETED);
    }

    @Test
    void every_attempt_proposes_the_same_job_id_and_the_last_failure_is_recorded() {
        List<String> ids = new ArrayList<>();
        BatchEngine engine = engine(job -> {
            ids.add(job.proposedJobId());
            throw new IllegalStateException("attempt " + job.attempt());
        });
        directory.remove("dir-a", "b");
        String id = engine.batches()
                .create(CreateBatch.of("dir-a", TYPE, "cfg").withOptions(BatchOptions.DEFAULT.withRetry(THREE)))
                .id();
        machine.advanceUntil(() -> engine.batches().get(id).status().isTerminal());
        assertThat(ids).hasSize(3).containsOnly(ids.get(0));
        JobRecord job = engine.batches().jobs(id).findFirst().orElseThrow();
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.id()).isEqualTo(ids.get(0));
        assertThat(job.errorMessage()).isEqualTo("IllegalStateException: attempt 3");
    }

    @Test
    void a_refused_creation_is_retried_too_and_ends_as_a_mapping_error() {
        List<Integer> attempts = new ArrayList<>();
        BatchEngine engine = machine.engine()
                .sourceDirectory(directory)
                .listener(events)
                .jobFactory(TestFactories.creating(request -> {
                    attempts.add(request.attempt());
                    return new JobCreation.Refused("registry is down", true);
                }))
                .build();
        directory.remove("dir-a", "b");
        String id = engine.batches()
                .create(CreateBatch.of("dir-a", TYPE, "cfg").withOptions(BatchOptions.DEFAULT.withRetry(THREE)))
                .id();
        machine.advanceUntil(() -> engine.batches().get(id).status().isTerminal());
        assertThat(attempts).containsExactly(1, 2, 3);
        assertThat(engine.batches().progress(id).counts())
                .isEqualTo(FileCounts.builder().listed(1).mappingErrors(1).build());
    }

    @Test
    void no_number_of_waiting_files_keeps_a_batch_from_starting_others() {
        directory.generating("dir-many", 5_000);
        List<JobContext> first = new ArrayList<>();
        BatchEngine engine = engine(job -> {
            if (job.attempt() == 1) {
                first.add(job);
            }
            return Outcome.failedRetryably("down");
        });
        String id = engine.batches()
                .create(CreateBatch.of("dir-many", TYPE, "cfg")
                        .withOptions(BatchOptions.DEFAULT.withRetry(
                                RetryPolicy.of(2).withBackoff(Duration.ofDays(1), Duration.ofDays(1)))))
                .id();
        machine.advance(Duration.ofSeconds(1));
        assertThat(first).hasSize(5_000);
        machine.advance(Duration.ofDays(8));
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(engine.batches().progress(id).counts().failed()).isEqualTo(5_000);
    }

    @Test
    void a_job_past_its_timeout_is_asked_to_stop_and_fails_with_the_reason() {
        BatchEngine engine = async(job -> {
            CompletableFuture<Outcome> end = new CompletableFuture<>();
            if (job.file().id().equals("a")) {
                job.onStopRequested(() -> end.complete(Outcome.stopped()));
            } else {
                end.complete(Outcome.succeeded());
            }
            return end;
        });
        String id = create(engine, BatchOptions.DEFAULT.withJobTimeout(Duration.ofSeconds(5)));
        machine.advance(Duration.ofSeconds(4));
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.RUNNING);
        machine.advance(Duration.ofSeconds(1));
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(engine.batches().jobs(id).findFirst().orElseThrow().errorMessage())
                .isEqualTo("timed out after PT5S");
        assertThat(engine.health().jobsInFlight()).isZero();
    }

    @Test
    void a_job_that_never_stops_is_given_up_and_keeps_its_permit_until_it_ends() {
        CompletableFuture<Outcome> never = new CompletableFuture<>();
        BatchEngine engine = async(
                job -> job.file().id().equals("a") ? never : CompletableFuture.completedFuture(Outcome.succeeded()));
        String id = create(engine, BatchOptions.DEFAULT.withJobTimeout(Duration.ofSeconds(5)));
        machine.advance(Duration.ofSeconds(15));
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
        JobRecord job = engine.batches().jobs(id).findFirst().orElseThrow();
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.errorMessage()).isEqualTo("timed out after PT5S, and did not stop within a further PT10S");
        assertThat(engine.health().stuckJobs()).isEqualTo(1);
        assertThat(engine.health().jobsInFlight()).isEqualTo(1);

        never.complete(Outcome.succeeded());
        machine.run();
        assertThat(engine.health().stuckJobs()).isZero();
        assertThat(engine.health().jobsInFlight()).isZero();
        assertThat(engine.batches().jobs(id).findFirst().orElseThrow()).isEqualTo(job);
    }

    @Test
    void an_asynchronous_job_that_is_given_up_while_it_is_being_started_loses_no_other_file() {
        directory.with("dir-a", "a", "b", "c", "d", "e");
        CompletableFuture<Outcome> never = new CompletableFuture<>();
        BatchEngine engine = async(job -> {
            if (job.file().id().equals("b")) {
                machine.advance(Duration.ofSeconds(20)); // a start() that blocks past timeout and grace
                return never;
            }
            return CompletableFuture.completedFuture(Outcome.succeeded());
        });
        String id = create(engine, BatchOptions.DEFAULT.withJobTimeout(Duration.ofSeconds(5)));
        machine.run();
        assertThat(engine.batches().progress(id).counts())
                .isEqualTo(FileCounts.builder().listed(5).succeeded(4).failed(1).build());
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(engine.health().jobsInFlight()).isEqualTo(1);
        never.complete(Outcome.succeeded());
        machine.run();
        assertThat(engine.health().jobsInFlight()).isZero();
        assertThat(engine.health().stuckJobs()).isZero();
    }

    @Test
    void a_job_in_time_leaves_no_timer_behind() {
        BatchEngine engine = engine(job -> Outcome.succeeded());
        String id = create(engine, BatchOptions.DEFAULT.withJobTimeout(Duration.ofSeconds(5)));
        machine.advance(Duration.ofSeconds(60));
        assertThat(engine.batches().progress(id).counts().succeeded()).isEqualTo(2);
    }

    @Test
    void a_timeout_beyond_what_nanoseconds_hold_is_a_long_one() {
        BatchEngine engine = engine(job -> Outcome.succeeded());
        String id = create(engine, BatchOptions.DEFAULT.withJobTimeout(Duration.ofSeconds(Long.MAX_VALUE)));
        machine.run();
        assertThat(engine.batches().progress(id).counts().succeeded()).isEqualTo(2);
    }

    @Test
    void back_pressure_puts_the_file_back_without_losing_its_place_or_an_attempt() {
        List<String> starts = new ArrayList<>();
        BatchEngine engine = machine.engine(1)
                .sourceDirectory(directory)
                .listener(events)
                .jobFactory(TestFactories.creating(request -> {
                    starts.add(request.file().id() + request.attempt());
                    return starts.size() == 1
                            ? JobCreation.notNow(Duration.ofSeconds(30))
                            : JobCreation.created(Job.blocking(job -> Outcome.succeeded()));
                }))
                .build();
        String id = create(engine, BatchOptions.DEFAULT);
        machine.run();
        assertThat(starts).containsExactly("a1");
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.THROTTLED);
        StatusReason reason = engine.batches().progress(id).reason();
        assertThat(reason).isNotNull();
        assertThat(reason.code()).isEqualTo(StatusReason.Code.BACK_PRESSURE);
        assertThat(reason.message()).contains("PT30S");

        machine.advance(Duration.ofSeconds(29));
        assertThat(starts).hasSize(1);
        machine.advance(Duration.ofSeconds(2));
        assertThat(starts).containsExactly("a1", "a1", "b1");
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(engine.batches().progress(id).reason()).isNull();
        assertThat(events.statuses(id))
                .containsExactly(
                        BatchStatus.PENDING,
                        BatchStatus.RUNNING,
                        BatchStatus.THROTTLED,
                        BatchStatus.RUNNING,
                        BatchStatus.COMPLETED);
    }

    @Test
    void the_longest_of_several_waits_wins_also_when_a_job_asks_for_it() {
        List<Long> starts = new ArrayList<>();
        List<CompletableFuture<Outcome>> ends = new ArrayList<>();
        BatchEngine engine = async(job -> {
            starts.add(Duration.ofNanos(machine.nanos()).toSeconds());
            ends.add(
                    starts.size() > 2
                            ? CompletableFuture.completedFuture(Outcome.succeeded())
                            : new CompletableFuture<>());
            return ends.get(ends.size() - 1);
        });
        String id = create(engine, BatchOptions.DEFAULT);
        machine.run();
        ends.get(0).complete(Outcome.notNow(Duration.ofSeconds(60)));
        ends.get(1).complete(Outcome.notNow(Duration.ofSeconds(5)));
        machine.advanceUntil(() -> engine.batches().get(id).status().isTerminal());
        assertThat(starts).containsExactly(0L, 0L, 60L, 60L);
        assertThat(engine.batches().jobs(id)).extracting(JobRecord::attempts).containsExactly(1, 1);
    }

    @Test
    void a_batch_that_waits_for_a_permit_says_so_after_a_second_and_moves_on_by_itself() {
        CompletableFuture<Outcome> slow = new CompletableFuture<>();
        directory.with("dir-slow", "s");
        BatchEngine engine = machine.engine()
                .sourceDirectory(directory)
                .listener(events)
                .maxInFlight(1)
                .jobFactory(
                        TestFactories.creating(request -> request.file().id().equals("s")
                                ? JobCreation.created(Job.async(job -> slow))
                                : JobCreation.created(Job.blocking(job -> Outcome.succeeded()))))
                .build();
        engine.batches().create("dir-slow", TYPE, "cfg");
        machine.run();
        String id = create(engine, BatchOptions.DEFAULT);
        machine.run();
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.RUNNING);
        machine.advance(Duration.ofSeconds(2));
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.THROTTLED);
        StatusReason reason = engine.batches().progress(id).reason();
        assertThat(reason).isNotNull();
        assertThat(reason.code()).isEqualTo(StatusReason.Code.ENGINE_IN_FLIGHT_LIMIT);

        machine.advance(Duration.ofSeconds(5));
        slow.complete(Outcome.succeeded());
        machine.advance(Duration.ofSeconds(2));
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
    }

    private String create(BatchEngine engine, BatchOptions options) {
        return engine.batches()
                .create(CreateBatch.of("dir-a", TYPE, "cfg").withOptions(options))
                .id();
    }

    private BatchEngine engine(Job.BlockingJob job) {
        return machine.engine()
                .sourceDirectory(directory)
                .listener(events)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(job)))
                .build();
    }

    private BatchEngine async(Job.AsyncJob job) {
        return machine.engine()
                .sourceDirectory(directory)
                .listener(events)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(job)))
                .build();
    }
}
