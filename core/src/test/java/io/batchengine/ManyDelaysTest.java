package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.FailureTolerance;
import io.batchengine.model.FileCounts;
import io.batchengine.model.JobRecord;
import io.batchengine.model.JobStatus;
import io.batchengine.model.RetryPolicy;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.SourceFile;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.support.FailingStore;
import io.batchengine.support.FailingStore.Fault;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.RecordingListener;
import io.batchengine.support.TestFactories;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** More files wait for a retry than may wait in memory. */
class ManyDelaysTest {
    private static final int FILES = 3_000;
    private static final RetryPolicy IN_TEN_MINUTES =
            RetryPolicy.of(3).withBackoff(Duration.ofMinutes(10), Duration.ofMinutes(10));

    private ManualMachine machine = new ManualMachine();
    private InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
    private final ListedDirectory directory = new ListedDirectory().generating("dir-a", FILES);
    private final Map<String, List<Instant>> starts = new HashMap<>(); // by file
    private final List<WeakReference<SourceFile>> reached = new ArrayList<>(); // by a job
    private final Set<String> down = new HashSet<>();
    private int failures = 1; // of each file that is bad
    private int every = 2; // of so many files one is bad

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 100})
    void good_files_run_while_many_others_wait(int bound) {
        BatchEngineBuilder builder = machine.engine();
        BatchEngine engine = failing(bound == 0 ? builder : builder.delayedInMemory(bound));
        String id = create(engine, IN_TEN_MINUTES);
        machine.run();
        FileCounts counts = engine.batches().progress(id).counts();
        assertThat(counts.listed()).isEqualTo(FILES);
        assertThat(counts.succeeded()).isEqualTo(FILES / 2);
        machine.advance(Duration.ofMinutes(11));
        assertCompleted(engine, id);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "7, 3", "100, 4", "2999, 5"})
    void every_retry_starts_when_it_is_due_and_with_its_attempts(int bound, long seed) {
        machine = new ManualMachine(new Random(seed));
        store = new InMemoryBatchStore(machine::nanos);
        failures = 2;
        every = 1;
        BatchEngine engine = failing(machine.engine(4).delayedInMemory(bound));
        String id = create(engine, IN_TEN_MINUTES);
        machine.run();
        Map<String, Instant> due = due(id);
        assertThat(due).hasSize(FILES);
        machine.advance(Duration.ofMinutes(10));
        assertStartedWhenDue(due, Instant.MIN);
        machine.advanceUntil(() -> engine.batches().get(id).status().isTerminal());
        assertThat(starts.values())
                .hasSize(FILES)
                .allSatisfy(times -> assertThat(times).hasSize(3));
        assertCompleted(engine, id);
        assertThat(engine.batches().jobs(id)).extracting(JobRecord::attempts).containsOnly(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 1_000})
    void a_take_over_leaves_them_in_the_store(int bound) {
        ManualMachine.Simulated process = machine.process();
        String id = create(failing(process.engine(2).delayedInMemory(bound)), IN_TEN_MINUTES);
        machine.run();
        Map<String, Instant> due = due(id);
        machine.advance(Duration.ofMinutes(2));
        process.kill();
        due.keySet().removeIf(file -> requireNonNull(starts.get(file)).size() > 1);
        machine.advance(Duration.ofMinutes(1)); // its lease
        Instant back = machine.clock().instant();
        BatchEngine second = failing(machine.engine().delayedInMemory(bound));
        machine.advance(Duration.ofMinutes(8));
        assertStartedWhenDue(due, back);
        assertCompleted(second, id);
        assertThat(second.batches().jobs(id).mapToLong(JobRecord::attempts).sum())
                .isEqualTo(FILES + FILES / 2);
    }

    @Test
    void an_engine_that_was_lost_twice_looks_at_them_with_suspicion_and_runs_them_all() {
        String id = "";
        for (int life = 0; life < 3; life++) {
            ManualMachine.Simulated process = machine.process();
            BatchEngine engine = failing(process.engine(2).delayedInMemory(20));
            id = life == 0 ? create(engine, IN_TEN_MINUTES) : id;
            machine.advance(Duration.ofSeconds(5));
            process.kill();
            machine.advance(Duration.ofMinutes(5));
        }
        BatchEngine last = failing(machine.engine().delayedInMemory(20));
        machine.advance(Duration.ofMinutes(30));
        assertCompleted(last, id);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_cancelled_batch_settles_all_that_were_tried(boolean takenOver) {
        ManualMachine.Simulated process = machine.process();
        BatchEngine engine = failing(process.engine(2).delayedInMemory(10));
        String id = create(engine, IN_TEN_MINUTES);
        machine.run();
        if (takenOver) {
            process.kill();
            machine.advance(Duration.ofMinutes(1));
            engine = failing(machine.engine().delayedInMemory(10));
        }
        engine.batches().cancel(id);
        machine.advance(Duration.ofSeconds(1));
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.CANCELLED);
        FileCounts counts = engine.batches().progress(id).counts();
        assertThat(counts.cancelled()).isEqualTo(FILES / 2);
        assertThat(counts.succeeded()).isEqualTo(FILES / 2);
        assertThat(engine.batches().jobs(id).filter(job -> job.status() == JobStatus.CANCELLED))
                .hasSize(FILES / 2)
                .allSatisfy(job -> assertThat(job.attempts()).isEqualTo(1));
        assertThat(engine.health().problems()).isEmpty();
    }

    @Test
    void a_batch_that_fails_settles_all_that_were_tried() {
        every = 3;
        BatchEngine engine = failing(machine.engine().delayedInMemory(10));
        BatchOptions strict = BatchOptions.DEFAULT.withRetry(IN_TEN_MINUTES).withTolerance(FailureTolerance.ofCount(3));
        failures = 100;
        String id = engine.batches()
                .create(CreateBatch.of("dir-a", TYPE, "cfg").withOptions(strict))
                .id();
        machine.advance(Duration.ofMinutes(30));
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.FAILED);
        assertThat(engine.batches().progress(id).counts().failed()).isEqualTo(FILES / 3);
    }

    @Test
    void a_closed_engine_gives_them_back_and_another_one_goes_on() {
        BatchEngine first = failing(machine.engine().delayedInMemory(10));
        String id = create(first, IN_TEN_MINUTES);
        machine.run();
        var closed = first.closeAsync(Duration.ofSeconds(10)).toCompletableFuture();
        machine.advance(Duration.ofSeconds(1));
        assertThat(closed).isCompletedWithValueMatching(CloseReport::clean);
        BatchEngine second = failing(machine.engine().delayedInMemory(10));
        machine.advance(Duration.ofMinutes(11));
        assertCompleted(second, id);
    }

    @Test
    void a_store_that_can_not_be_read_for_a_while_delays_them_and_says_so() {
        BatchEngine engine = failing(machine.engine().delayedInMemory(10));
        String id = create(engine, IN_TEN_MINUTES);
        machine.run();
        down.add("delayed");
        machine.advance(Duration.ofMinutes(11));
        assertThat(engine.health().problems())
                .singleElement()
                .asString()
                .contains(id)
                .contains("retry");
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.RUNNING);
        down.clear();
        machine.advance(Duration.ofSeconds(2));
        assertThat(engine.health().problems()).isEmpty();
        assertCompleted(engine, id);
    }

    @Test
    void a_clock_that_jumps_neither_hastens_nor_delays_them() {
        BatchEngine engine = failing(machine.engine().delayedInMemory(10));
        String id = create(engine, IN_TEN_MINUTES);
        machine.run();
        Map<String, Instant> due = due(id);
        machine.jumpClock(Duration.ofDays(3_650));
        machine.advance(Duration.ofMinutes(5));
        machine.jumpClock(Duration.ofDays(-3_651));
        machine.advance(Duration.ofMinutes(5));
        machine.jumpClock(Duration.ofDays(1));
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(due).hasSize(FILES / 2);
    }

    @Test
    void events_name_the_files_that_were_read_back() {
        RecordingListener events = new RecordingListener();
        BatchEngine engine = failing(machine.engine().delayedInMemory(10).listener(events));
        String id = create(engine, IN_TEN_MINUTES);
        machine.advance(Duration.ofMinutes(11));
        assertThat(events.settled(id)).hasSize(FILES).doesNotHaveDuplicates();
    }

    @Test
    void files_that_wait_in_the_store_alone_are_reachable_from_nowhere() {
        every = 1;
        failures = 100;
        BatchEngine engine = failing(machine.engine().delayedInMemory(50));
        create(engine, IN_TEN_MINUTES);
        machine.run();
        assertThat(reached).hasSize(FILES);
        for (int i = 0; i < 50 && live() > 100; i++) {
            System.gc();
        }
        assertThat(live()).isBetween(50L, 100L);
        assertThat(engine.health().status()).isEqualTo(EngineHealth.Status.UP);
    }

    private long live() {
        return reached.stream().filter(file -> file.get() != null).count();
    }

    private void assertCompleted(BatchEngine engine, String id) {
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(engine.batches().progress(id).counts().succeeded()).isEqualTo(FILES);
        assertThat(engine.health().problems()).isEmpty();
    }

    /** What fell due before an engine was back starts at once. */
    private void assertStartedWhenDue(Map<String, Instant> due, Instant back) {
        due.forEach((file, time) -> assertThat(requireNonNull(starts.get(file)).get(1))
                .as("start of %s", file)
                .isAfterOrEqualTo(time)
                .isCloseTo(time.isBefore(back) ? back : time, within(1, ChronoUnit.MILLIS)));
    }

    private Map<String, Instant> due(String id) {
        Map<String, Instant> due = new HashMap<>();
        for (FileRecord file : store.files(FileQuery.InBatch.of(id, 0, FILES, Set.of(), FILES))) {
            if (file.delayed() != null) {
                due.put(file.fileId(), requireNonNull(file.delayed().notBefore()));
            }
        }
        return due;
    }

    private BatchEngine failing(BatchEngineBuilder builder) {
        BatchStore shared = new FailingStore(store, call -> down.contains(call) ? Fault.BEFORE : Fault.NONE);
        return builder.sourceDirectory(directory)
                .store(shared)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.blocking(job -> {
                    List<Instant> before = starts.computeIfAbsent(job.file().id(), file -> new ArrayList<>());
                    before.add(machine.clock().instant());
                    reached.add(new WeakReference<>(job.file()));
                    boolean bad = job.ordinal() % every == 0 && before.size() <= failures;
                    return bad ? Outcome.failedRetryably("busy") : Outcome.succeeded();
                }))))
                .build();
    }

    private static String create(BatchEngine engine, RetryPolicy retry) {
        return engine.batches()
                .create(CreateBatch.of("dir-a", TYPE, "cfg").withOptions(BatchOptions.DEFAULT.withRetry(retry)))
                .id();
    }
}
