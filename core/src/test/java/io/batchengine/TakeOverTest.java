package io.batchengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.bundled.JobFactories;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchResult;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobType;
import io.batchengine.model.RetryPolicy;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.support.FailingStore;
import io.batchengine.support.FailingStore.Fault;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What one engine leaves, another one takes over. */
class TakeOverTest {
    @Test
    void an_engine_that_is_closed_without_time_at_any_moment_loses_no_file() {
        for (int seed = 0; seed < 2_000; seed++) {
            closeAt(seed % 40, new Random(seed));
        }
    }

    @Test
    void an_engine_that_closes_keeps_its_hold_for_as_long_as_its_jobs_may_take_to_end() {
        ManualMachine machine = new ManualMachine();
        InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
        List<CompletableFuture<Outcome>> jobs = new ArrayList<>();
        JobFactory factory = JobFactories.async("test_v1", "tst-", context -> {
            jobs.add(new CompletableFuture<>());
            return jobs.get(jobs.size() - 1);
        });
        ListedDirectory directory = new ListedDirectory().with("dir-a", "a");
        BatchEngine first = machine.engine()
                .sourceDirectory(directory)
                .jobFactory(factory)
                .store(store)
                .build();
        String id = first.batches()
                .create("dir-a", JobType.of("test_v1"), "cfg-any")
                .id();
        machine.run();
        BatchEngine second = machine.engine()
                .sourceDirectory(directory)
                .jobFactory(factory)
                .store(store)
                .build();
        first.closeAsync(Duration.ofMinutes(5));
        machine.advance(Duration.ofMinutes(2));
        jobs.get(0).complete(Outcome.succeeded());
        machine.advance(Duration.ofSeconds(1));
        assertThat(second.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(jobs).hasSize(1);
    }

    @Test
    void an_engine_that_is_closed_while_the_store_is_down_records_no_end_of_a_listing_without_its_files() {
        ManualMachine machine = new ManualMachine();
        InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
        AtomicBoolean down = new AtomicBoolean(true);
        BatchEngine first = engine(
                machine,
                new FailingStore(store, call -> call.equals("commit") && down.get() ? Fault.BEFORE : Fault.NONE));
        first.batches().create("dir-a", JobType.of("test_v1"), "cfg-any");
        machine.run();
        // Listed while the store is asked what became of the other batch's write.
        String id = first.batches()
                .create("dir-a", JobType.of("test_v1"), "cfg-any")
                .id();
        machine.run();
        down.set(false);
        first.closeAsync(Duration.ZERO);
        machine.advance(Duration.ofSeconds(10));

        BatchEngine second = engine(machine, store);
        machine.advance(Duration.ofMinutes(1));
        assertThat(second.batches().results(id).map(BatchResult::sourceDirectoryFileId))
                .containsExactly("a", "b", "c");
    }

    @Test
    void what_is_settled_behind_a_slow_file_does_not_run_again() {
        ManualMachine machine = new ManualMachine();
        InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
        ListedDirectory directory = new ListedDirectory().generating("dir-a", 5_000);
        List<String> started = new ArrayList<>();
        JobFactory factory = JobFactories.async("test_v1", "tst-", context -> {
            started.add(context.file().id());
            boolean slow = context.file().id().equals("f-00000005") && started.size() < 10;
            return slow ? new CompletableFuture<>() : CompletableFuture.completedFuture(Outcome.succeeded());
        });
        ManualMachine.Simulated first = machine.process();
        String id = first.engine(2)
                .sourceDirectory(directory)
                .jobFactory(factory)
                .store(store)
                .build()
                .batches()
                .create("dir-a", JobType.of("test_v1"), "cfg-any")
                .id();
        machine.run();
        assertThat(started).hasSize(5_000);
        first.kill();
        machine.advance(Duration.ofMinutes(1));

        BatchEngine second = machine.process()
                .engine(2)
                .sourceDirectory(directory)
                .jobFactory(factory)
                .store(store)
                .build();
        machine.advance(Duration.ofSeconds(1));
        assertThat(second.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(second.batches().progress(id).counts().succeeded()).isEqualTo(5_000);
        assertThat(started.subList(5_000, started.size())).containsExactly("f-00000005");
    }

    @Test
    void a_retry_starts_only_when_its_attempts_are_recorded() {
        ManualMachine machine = new ManualMachine();
        AtomicBoolean down = new AtomicBoolean();
        List<Integer> attempts = new ArrayList<>();
        BatchEngine engine = machine.engine()
                .sourceDirectory(new ListedDirectory().with("dir-a", "a"))
                .jobFactory(JobFactories.blocking("test_v1", "tst-", context -> {
                    attempts.add(context.attempt());
                    down.set(true);
                    return Outcome.failedRetryably("not now");
                }))
                .store(new FailingStore(
                        new InMemoryBatchStore(machine::nanos),
                        call -> call.equals("commit") && down.get() ? Fault.BEFORE : Fault.NONE))
                .defaultOptions(
                        BatchOptions.DEFAULT.withRetry(RetryPolicy.of(5).withBackoff(Duration.ZERO, Duration.ZERO)))
                .build();
        engine.batches().create("dir-a", JobType.of("test_v1"), "cfg-any");
        machine.advance(Duration.ofSeconds(30));
        assertThat(attempts).as("a crash now must not forget more than one").containsExactly(1);
        down.set(false);
        machine.advance(Duration.ofSeconds(6));
        assertThat(attempts).containsExactly(1, 2);
    }

    @Test
    void a_cancel_request_that_comes_while_a_batch_is_read_back_records_its_waiting_retries() {
        ManualMachine machine = new ManualMachine();
        InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
        ListedDirectory directory = new ListedDirectory().with("dir-a", "a", "b");
        JobFactory factory = JobFactories.blocking("test_v1", "tst-", context -> Outcome.failedRetryably("not now"));
        ManualMachine.Simulated first = machine.process();
        Duration hour = Duration.ofHours(1);
        String id = first.engine(2)
                .sourceDirectory(directory)
                .jobFactory(factory)
                .store(store)
                .defaultOptions(BatchOptions.DEFAULT.withRetry(RetryPolicy.of(3).withBackoff(hour, hour)))
                .build()
                .batches()
                .create("dir-a", JobType.of("test_v1"), "cfg-any")
                .id();
        machine.run();
        first.kill();
        machine.advance(Duration.ofMinutes(1));
        AtomicBoolean down = new AtomicBoolean(true);
        BatchEngine second = machine.process()
                .engine(2)
                .sourceDirectory(directory)
                .jobFactory(factory)
                .store(new FailingStore(store, call -> call.equals("files") && down.get() ? Fault.BEFORE : Fault.NONE))
                .build();
        machine.advance(Duration.ofSeconds(3));
        assertThat(second.health().problems()).singleElement().asString().contains("read back");
        second.batches().cancel(id);
        machine.advance(Duration.ofSeconds(3));
        assertThat(second.batches().get(id).status()).isEqualTo(BatchStatus.RUNNING);
        down.set(false);
        machine.advance(Duration.ofSeconds(3));
        assertThat(second.batches().get(id).status()).isEqualTo(BatchStatus.CANCELLED);
        assertThat(second.batches().progress(id).counts().settled()).isEqualTo(2);
        assertThat(second.health().problems()).isEmpty();
    }

    @Test
    void nothing_of_a_batch_is_listed_or_written_before_it_is_read_back() {
        ManualMachine machine = new ManualMachine();
        InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
        ManualMachine.Simulated first = machine.process();
        String id = first.engine(2)
                .sourceDirectory(new ListedDirectory().generating("dir-a", 20))
                .jobFactory(JobFactories.async("test_v1", "tst-", context -> new CompletableFuture<>()))
                .store(store)
                .maxInFlight(2)
                .pageSize(1)
                .build()
                .batches()
                .create("dir-a", JobType.of("test_v1"), "cfg-any")
                .id();
        machine.run();
        first.kill();
        machine.advance(Duration.ofMinutes(1));

        Set<String> down = new HashSet<>(Set.of("files", "renew"));
        ListedDirectory directory = new ListedDirectory().generating("dir-a", 20);
        List<String> started = new ArrayList<>();
        BatchEngine second = machine.engine()
                .sourceDirectory(directory)
                .jobFactory(JobFactories.blocking("test_v1", "tst-", context -> {
                    started.add(context.file().id());
                    return Outcome.succeeded();
                }))
                .store(new FailingStore(store, call -> down.contains(call) ? Fault.BEFORE : Fault.NONE))
                .pageSize(1)
                .lease(Duration.ofSeconds(30))
                .pollInterval(Duration.ofSeconds(100))
                .build();
        machine.run();
        StoredBatch claimed = stored(store, id);
        assertThat(claimed.state().counts().listed()).isBetween(2L, 19L);
        machine.advance(Duration.ofSeconds(25));
        assertThat(second.health().problems())
                .anySatisfy(problem -> assertThat(problem).contains("lease"));
        assertThat(stored(store, id)).as("suspended").isEqualTo(claimed);
        down.remove("renew");
        machine.advance(Duration.ofSeconds(10));
        assertThat(second.health().problems()).singleElement().asString().contains("read back");
        assertThat(stored(store, id)).as("resumed").isEqualTo(claimed);
        assertThat(directory.openListings()).isZero();

        down.clear();
        machine.advance(Duration.ofSeconds(5));
        assertThat(second.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(second.batches().results(id)).hasSize(20);
        assertThat(started).hasSize(20).doesNotHaveDuplicates();
    }

    private static StoredBatch stored(BatchStore store, String id) {
        return store.find(new BatchKey.ById("prj-default", id)).orElseThrow();
    }

    private static void closeAt(int tasksBefore, Random order) {
        ManualMachine machine = new ManualMachine(order);
        InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
        BatchEngine first = engine(machine, store);
        String id = first.batches()
                .create("dir-a", JobType.of("test_v1"), "cfg-any")
                .id();
        machine.runTasks(tasksBefore);
        first.closeAsync(Duration.ZERO);
        machine.run();

        BatchEngine second = engine(machine, store);
        machine.advance(Duration.ofSeconds(40));
        assertThat(second.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(second.batches().results(id).map(BatchResult::sourceDirectoryFileId))
                .as("closed after %d tasks", tasksBefore)
                .containsExactly("a", "b", "c");
        assertThat(second.batches().progress(id).counts().succeeded()).isEqualTo(3);
    }

    private static BatchEngine engine(ManualMachine machine, BatchStore store) {
        return machine.engine()
                .sourceDirectory(new ListedDirectory().with("dir-a", "a", "b", "c"))
                .jobFactory(JobFactories.blocking("test_v1", "tst-", context -> Outcome.succeeded()))
                .store(store)
                .pageSize(1)
                .environment(environment -> environment.withStepsPerTask(1))
                .build();
    }
}
