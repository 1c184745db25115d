package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchResult;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.support.FailingStore;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.RecordingListener;
import io.batchengine.support.TestFactories;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The end of an engine, and how another one goes on. */
class CloseTest {
    private final ManualMachine machine = new ManualMachine();
    private final ListedDirectory directory = new ListedDirectory().with("dir-a", "a", "b", "c", "d");

    @Test
    void running_jobs_may_end_nothing_new_starts_and_another_engine_goes_on_where_it_stopped() {
        InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
        List<String> starts = new ArrayList<>();
        List<CompletableFuture<Outcome>> ends = new ArrayList<>();
        JobFactory factory = TestFactories.creating(request -> JobCreation.created(Job.async(job -> {
            starts.add(job.file().id() + " " + job.epoch());
            CompletableFuture<Outcome> end = new CompletableFuture<>();
            ends.add(end);
            return end;
        })));
        BatchEngine first = engine(store, factory, new RecordingListener());
        String id = first.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        CompletionStage<CloseReport> closing = first.closeAsync(Duration.ofSeconds(30));
        machine.run();
        assertThat(closing.toCompletableFuture()).isNotDone();
        ends.forEach(end -> end.complete(Outcome.succeeded()));
        machine.advance(Duration.ofMillis(100));
        assertThat(closing.toCompletableFuture())
                .isCompletedWithValue(CloseReport.builder()
                        .clean(true)
                        .stuckJobs(List.of())
                        .releasedBatches(1)
                        .build());
        assertThat(starts).containsExactly("a 1", "b 1", "c 1");

        BatchEngine second = engine(store, factory, new RecordingListener());
        machine.run();
        ends.forEach(end -> end.complete(Outcome.succeeded()));
        machine.run();
        assertThat(starts).containsExactly("a 1", "b 1", "c 1", "d 2");
        assertThat(second.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(second.batches().results(id).map(BatchResult::sourceDirectoryFileId))
                .containsExactly("a", "b", "c", "d");
    }

    @Test
    void a_claim_that_is_under_way_is_waited_for_and_what_it_takes_is_given_back() {
        InMemoryBatchStore real = new InMemoryBatchStore(machine::nanos);
        AtomicReference<BatchEngine> engine = new AtomicReference<>();
        AtomicReference<CompletionStage<CloseReport>> closing = new AtomicReference<>();
        FailingStore store = new FailingStore(real, call -> {
            BatchEngine closes = engine.get();
            if (call.equals("claim") && closes != null && closing.get() == null) {
                closing.set(closes.closeAsync(Duration.ofSeconds(30)));
                machine.run(); // whatever can go on while the store takes its time
            }
            return FailingStore.Fault.NONE;
        });
        BatchEngine first = machine.engine(3)
                .sourceDirectory(directory)
                .jobFactory(TestFactories.creating(request -> JobCreation.refused("no")))
                .store(store)
                .build();
        machine.run();
        String id = first.batches().create("dir-a", TYPE, "cfg").id();
        engine.set(first);
        machine.advance(Duration.ofMillis(100));
        assertThat(requireNonNull(closing.get()).toCompletableFuture())
                .isCompletedWithValue(CloseReport.builder()
                        .clean(true)
                        .stuckJobs(List.of())
                        .releasedBatches(1)
                        .build());
        assertThat(real.find(new BatchKey.ById("prj-default", id))
                        .orElseThrow()
                        .state()
                        .owner())
                .isNull();
    }

    @Test
    void jobs_that_go_on_are_asked_to_stop_at_half_of_the_deadline_and_run_again_elsewhere() {
        InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
        List<Long> stopped = new ArrayList<>();
        BatchEngine first = engine(
                store,
                TestFactories.creating(request -> JobCreation.created(Job.async(job -> {
                    CompletableFuture<Outcome> end = new CompletableFuture<>();
                    job.onStopRequested(() -> {
                        stopped.add(Duration.ofNanos(machine.nanos()).toSeconds());
                        end.completeExceptionally(new IllegalStateException("interrupted"));
                    });
                    return end;
                }))),
                new RecordingListener());
        String id = first.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        CompletionStage<CloseReport> closing = first.closeAsync(Duration.ofSeconds(20));
        machine.advance(Duration.ofSeconds(11));
        assertThat(stopped).containsOnly(10L).hasSize(3);
        assertThat(closing.toCompletableFuture())
                .isCompletedWithValue(CloseReport.builder()
                        .clean(true)
                        .stuckJobs(List.of())
                        .releasedBatches(1)
                        .build());

        BatchEngine second = engine(
                store,
                TestFactories.creating(request -> JobCreation.created(Job.blocking(job -> Outcome.succeeded()))),
                new RecordingListener());
        machine.run();
        assertThat(second.batches().progress(id).counts().succeeded()).isEqualTo(4);
    }

    @Test
    void at_the_deadline_it_closes_all_the_same_and_names_the_jobs_that_are_stuck_in_the_order_of_their_ids() {
        Map<String, String> jobIds = Map.of("a", "tst-7", "b", "tst-9", "c", "tst-5");
        BatchEngine engine = engine(
                new InMemoryBatchStore(machine::nanos),
                TestFactories.creating(request -> JobCreation.created(
                        Job.async(job -> new CompletableFuture<>()),
                        requireNonNull(jobIds.get(request.file().id())))),
                new RecordingListener());
        engine.batches().create("dir-a", TYPE, "cfg");
        machine.run();
        AtomicReference<CloseReport> report = new AtomicReference<>();
        engine.closeAsync(Duration.ofSeconds(20)).thenAccept(report::set);
        machine.advance(Duration.ofSeconds(20));
        assertThat(report.get()).isNotNull().satisfies(end -> {
            assertThat(end.clean()).isFalse();
            assertThat(end.stuckJobs()).containsExactly("tst-5", "tst-7", "tst-9");
        });
    }

    @Test
    void an_engine_that_lost_its_lease_is_taken_over_and_its_late_writes_are_refused() {
        InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
        CompletableFuture<Outcome> late = new CompletableFuture<>();
        RecordingListener firstSaw = new RecordingListener();
        ManualMachine paused = new ManualMachine(); // a machine that stops: its tasks and timers do not run
        BatchEngine first = paused.engine()
                .sourceDirectory(directory)
                .store(store)
                .listener(firstSaw)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.async(job -> late))))
                .build();
        String id = first.batches().create("dir-a", TYPE, "cfg").id();
        paused.run();
        machine.advance(Duration.ofSeconds(31));
        RecordingListener secondSaw = new RecordingListener();
        BatchEngine second = engine(
                store,
                TestFactories.creating(
                        request -> JobCreation.created(Job.blocking(job -> Outcome.failed("by the second")))),
                secondSaw);
        machine.run();
        assertThat(second.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);

        late.complete(Outcome.succeeded());
        paused.advance(Duration.ofSeconds(1));
        assertThat(second.batches().progress(id).counts().failed()).isEqualTo(4);
        assertThat(firstSaw.statuses(id)).containsExactly(BatchStatus.PENDING, BatchStatus.RUNNING);
        assertThat(firstSaw.settled(id)).isEmpty();
        assertThat(secondSaw.statuses(id)).containsExactly(BatchStatus.COMPLETED);
        assertThat(first.health().activeBatches()).isZero();
    }

    @Test
    void calls_on_a_closed_engine_and_waiters_of_one_that_closes_get_an_error() {
        BatchEngine engine = engine(
                new InMemoryBatchStore(machine::nanos),
                TestFactories.creating(request -> JobCreation.notNow(Duration.ofHours(1))),
                new RecordingListener());
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        CompletableFuture<Batch> end = engine.batches().completion(id).toCompletableFuture();
        engine.closeAsync(Duration.ofSeconds(1));
        machine.advance(Duration.ofSeconds(1));
        assertThat(end).isCompletedExceptionally();
        assertThatThrownBy(() -> engine.batches().get(id))
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ENGINE_CLOSED));
        assertThatThrownBy(() -> engine.batches().create("dir-a", TYPE, "cfg"))
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ENGINE_CLOSED));
        assertThat(engine.health().status()).isEqualTo(EngineHealth.Status.CLOSED);
    }

    @Test
    void after_a_close_no_thread_of_the_engine_is_left_and_no_callback_comes() {
        RecordingListener events = new RecordingListener();
        BatchEngine engine = BatchEngine.builder()
                .sourceDirectory(new ListedDirectory().generating("dir-big", 200_000))
                .listener(events)
                .jobFactory(TestFactories.creating(
                        request -> JobCreation.created(Job.blocking(job -> Outcome.succeeded()))))
                .build();
        engine.batches().create("dir-big", TYPE, "cfg");
        await().until(() -> !events.events().isEmpty());
        CloseReport report = engine.close(Duration.ofSeconds(30));
        int seen = events.events().size();
        assertThat(report.clean()).isTrue();
        await().until(() -> engineThreads().isEmpty()); // a thread that has left its pool lives a moment longer
        assertThat(events.events()).hasSize(seen);
        assertThat(engine.close(Duration.ofSeconds(30))).isEqualTo(report);
    }

    @Test
    void a_job_that_ignores_its_interrupt_does_not_hold_up_a_close() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        BatchEngine engine = BatchEngine.builder()
                .threads(1)
                .sourceDirectory(directory)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.blocking(job -> {
                    running.countDown();
                    boolean waiting = true;
                    while (waiting) {
                        try {
                            release.await();
                            waiting = false;
                        } catch (InterruptedException ignored) {
                            // a job that will not listen
                        }
                    }
                    return Outcome.succeeded();
                }))))
                .build();
        engine.batches().create("dir-a", TYPE, "cfg");
        await().until(() -> running.getCount() == 0);
        CloseReport report = engine.close(Duration.ofMillis(200));
        assertThat(report.clean()).isFalse();
        assertThat(report.stuckJobs()).hasSize(1);
        assertThat(engineThreads()).allMatch(Thread::isDaemon);
        release.countDown();
        await().until(() -> engineThreads().isEmpty());
    }

    @Test
    void an_interrupted_closer_goes_on_at_once_and_stays_interrupted() {
        BatchEngine engine = BatchEngine.builder()
                .sourceDirectory(directory)
                .jobFactory(TestFactories.creating(
                        request -> JobCreation.created(Job.async(job -> new CompletableFuture<>()))))
                .build();
        engine.batches().create("dir-a", TYPE, "cfg");
        await().until(() -> engine.health().jobsInFlight() > 0);
        Thread.currentThread().interrupt();
        assertThat(engine.close(Duration.ofSeconds(2)).clean()).isFalse();
        assertThat(Thread.interrupted()).isTrue();
        await().until(() -> engineThreads().isEmpty());
    }

    private static List<Thread> engineThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("batch-engine-"))
                .toList();
    }

    private BatchEngine engine(InMemoryBatchStore store, JobFactory factory, RecordingListener listener) {
        return machine.engine()
                .sourceDirectory(directory)
                .store(store)
                .maxInFlight(3)
                .listener(listener)
                .jobFactory(factory)
                .build();
    }
}
