package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchResult;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.FileCounts;
import io.batchengine.model.JobRecord;
import io.batchengine.model.JobStatus;
import io.batchengine.model.RetryPolicy;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.support.FailingStore;
import io.batchengine.support.FailingStore.Fault;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.RecordingListener;
import io.batchengine.support.TestFactories;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancelTest {
    private final ManualMachine machine = new ManualMachine();
    private final RecordingListener events = new RecordingListener();
    private final ListedDirectory directory = new ListedDirectory().with("dir-a", "a", "b", "c", "d");

    @Test
    void running_jobs_are_asked_to_stop_waiting_ones_never_start_and_finished_ones_keep_their_results() {
        List<String> started = new ArrayList<>();
        BatchEngine engine = machine.engine(1)
                .sourceDirectory(directory)
                .listener(events)
                .maxInFlight(1)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.async(job -> {
                    started.add(job.file().id());
                    CompletableFuture<Outcome> end = new CompletableFuture<>();
                    if (job.file().id().equals("a")) {
                        end.complete(Outcome.succeeded());
                    }
                    job.onStopRequested(() -> end.complete(Outcome.stopped()));
                    return end;
                }))))
                .build();
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        assertThat(started).containsExactly("a", "b");

        assertThat(engine.batches().cancel(id).status()).isEqualTo(BatchStatus.RUNNING);
        machine.run();

        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.CANCELLED);
        assertThat(started).containsExactly("a", "b");
        assertThat(engine.batches().get(id, Expand.RESULTS).results())
                .extracting(BatchResult::sourceDirectoryFileId)
                .containsExactly("a", "b");
        assertThat(engine.batches().jobs(id))
                .extracting(JobRecord::status)
                .containsExactly(JobStatus.COMPLETED, JobStatus.CANCELLED);
        assertThat(engine.batches().progress(id).counts())
                .isEqualTo(
                        FileCounts.builder().listed(4).succeeded(1).cancelled(1).build());
        assertThat(events.statuses(id))
                .containsExactly(BatchStatus.PENDING, BatchStatus.RUNNING, BatchStatus.CANCELLED);
        assertThat(directory.openListings()).isZero();
    }

    @Test
    void a_second_cancel_while_it_stops_is_fine_and_one_after_the_end_is_an_error() {
        CompletableFuture<Outcome> slow = new CompletableFuture<>();
        BatchEngine engine = asynchronous(slow);
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        engine.batches().cancel(id);
        engine.batches().cancel(id);
        machine.run();
        assertThat(engine.batches().progress(id).cancelRequested()).isTrue();
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.RUNNING);
        slow.complete(Outcome.succeeded());
        machine.run();
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.CANCELLED);
        assertThatThrownBy(() -> engine.batches().cancel(id))
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_TERMINAL))
                .hasMessageContaining(id);
    }

    @Test
    void jobs_that_do_not_stop_are_given_up_after_their_grace_time() {
        CompletableFuture<Outcome> never = new CompletableFuture<>();
        BatchEngine engine = asynchronous(never);
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        engine.batches().cancel(id);
        machine.advance(Duration.ofSeconds(9));
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.RUNNING);
        machine.advance(Duration.ofSeconds(1));
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.CANCELLED);
        assertThat(engine.health().stuckJobs()).isEqualTo(4);

        never.complete(Outcome.succeeded());
        machine.run();
        assertThat(engine.health().stuckJobs()).isZero();
        assertThat(engine.batches().progress(id).counts().cancelled()).isEqualTo(4);
    }

    @Test
    void a_job_that_finishes_although_it_was_asked_to_stop_has_succeeded() {
        CompletableFuture<Outcome> slow = new CompletableFuture<>();
        BatchEngine engine = asynchronous(slow);
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        engine.batches().cancel(id);
        machine.run();
        slow.complete(Outcome.succeeded());
        machine.run();
        assertThat(engine.batches().progress(id).counts().succeeded()).isEqualTo(4);
    }

    @Test
    void a_batch_that_waits_for_a_retry_is_cancelled_at_once() {
        BatchEngine engine = machine.engine()
                .sourceDirectory(directory)
                .jobFactory(TestFactories.creating(
                        request -> JobCreation.created(Job.blocking(job -> Outcome.failedRetryably("busy")))))
                .build();
        RetryPolicy patient = RetryPolicy.of(9).withBackoff(Duration.ofHours(1), Duration.ofHours(1));
        String id = engine.batches()
                .create(CreateBatch.of("dir-a", TYPE, "cfg").withOptions(BatchOptions.DEFAULT.withRetry(patient)))
                .id();
        machine.run();
        engine.batches().cancel(id);
        machine.run();
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.CANCELLED);
        assertThat(engine.batches().jobs(id)).extracting(JobRecord::status).containsOnly(JobStatus.CANCELLED);
    }

    @Test
    void a_throttled_batch_is_cancelled_at_once() {
        BatchEngine engine = machine.engine()
                .sourceDirectory(directory)
                .jobFactory(TestFactories.creating(request -> JobCreation.notNow(Duration.ofHours(3))))
                .build();
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.THROTTLED);
        engine.batches().cancel(id);
        machine.run();
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.CANCELLED);
        assertThat(engine.batches().progress(id).counts())
                .isEqualTo(FileCounts.builder().listed(4).build());
    }

    @Test
    void another_engines_request_is_seen_by_the_owner_with_its_next_renewal() {
        InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
        CompletableFuture<Outcome> slow = new CompletableFuture<>();
        BatchEngine owner = machine.engine()
                .sourceDirectory(directory)
                .store(store)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.async(job -> {
                    job.onStopRequested(() -> slow.complete(Outcome.stopped()));
                    return slow;
                }))))
                .build();
        String id = owner.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        BatchEngine other = machine.engine()
                .sourceDirectory(directory)
                .store(store)
                .jobFactory(TestFactories.creating(request -> JobCreation.refused("not here")))
                .build();
        machine.run();
        other.batches().cancel(id);
        machine.run();
        assertThat(other.batches().get(id).status()).isEqualTo(BatchStatus.RUNNING);
        machine.advance(Duration.ofSeconds(10));
        assertThat(other.batches().get(id).status()).isEqualTo(BatchStatus.CANCELLED);
    }

    @Test
    void another_engines_request_is_seen_by_the_owner_when_it_looks_what_a_failed_claim_left() {
        InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
        AtomicBoolean down = new AtomicBoolean();
        CompletableFuture<Outcome> slow = new CompletableFuture<>();
        BatchEngine owner = machine.engine()
                .sourceDirectory(directory)
                .store(new FailingStore(store, call -> call.equals("claim") && down.get() ? Fault.AFTER : Fault.NONE))
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.async(job -> {
                    job.onStopRequested(() -> slow.complete(Outcome.stopped()));
                    return slow;
                }))))
                .lease(Duration.ofSeconds(30))
                .pollInterval(Duration.ofSeconds(1))
                .build();
        String id = owner.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        down.set(true);
        machine.advance(Duration.ofSeconds(1));
        assertThat(owner.health().problems()).singleElement().asString().contains("claim");
        down.set(false);
        store.requestCancel(new BatchKey.ById("prj-default", id));
        machine.advance(Duration.ofSeconds(1));
        assertThat(owner.batches().get(id).status())
                .as("long before the next renewal")
                .isEqualTo(BatchStatus.CANCELLED);
    }

    @Test
    void a_blocking_job_is_interrupted_and_its_thread_goes_on_clean() {
        CountDownLatch running = new CountDownLatch(1);
        AtomicBoolean flagAfterwards = new AtomicBoolean();
        try (BatchEngine engine = BatchEngine.builder()
                .threads(1)
                .sourceDirectory(directory)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.blocking(job -> {
                    if (job.configuration().text().equals("cfg-block")) {
                        running.countDown();
                        new CountDownLatch(1).await(); // for ever, except for the interrupt
                    }
                    flagAfterwards.set(
                            flagAfterwards.get() || Thread.currentThread().isInterrupted());
                    return Outcome.succeeded();
                }))))
                .build()) {
            String id = engine.batches().create("dir-a", TYPE, "cfg-block").id();
            await().until(() -> running.getCount() == 0);
            engine.batches().cancel(id);
            assertThat(engine.batches().await(id, Duration.ofSeconds(30)).status())
                    .isEqualTo(BatchStatus.CANCELLED);
            assertThat(engine.batches().jobs(id)).extracting(JobRecord::status).containsOnly(JobStatus.CANCELLED);

            String next = engine.batches().create("dir-a", TYPE, "cfg-free").id();
            assertThat(engine.batches().await(next, Duration.ofSeconds(30)).status())
                    .isEqualTo(BatchStatus.COMPLETED);
            assertThat(flagAfterwards).isFalse();
        }
    }

    @Test
    void a_million_waiting_files_do_not_hold_up_a_cancellation() {
        AtomicInteger started = new AtomicInteger();
        try (BatchEngine engine = BatchEngine.builder()
                .threads(2)
                .sourceDirectory(new ListedDirectory().generating("dir-big", 1_000_000))
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.blocking(job -> {
                    started.incrementAndGet();
                    return Outcome.succeeded();
                }))))
                .build()) {
            String id = engine.batches().create("dir-big", TYPE, "cfg").id();
            await().until(() -> started.get() > 1_000);
            engine.batches().cancel(id);
            BatchStatus end = engine.batches().await(id, Duration.ofSeconds(30)).status();
            assertThat(end).isEqualTo(BatchStatus.CANCELLED);
            assertThat(engine.batches().progress(id).counts().succeeded()).isEqualTo(started.get());
        }
    }

    private BatchEngine asynchronous(CompletableFuture<Outcome> end) {
        return machine.engine()
                .sourceDirectory(directory)
                .listener(events)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.async(job -> end))))
                .build();
    }
}
