package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.RetryPolicy;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.TestFactories;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a failed attempt is repeated: exponential backoff with full jitter and a cap, in simulated time. */
class BackoffTest {
    private static final int FILES = 500;

    private final ManualMachine machine = new ManualMachine();
    private final InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
    private final ListedDirectory directory = new ListedDirectory().generating("dir-a", FILES);
    private final Map<String, List<Instant>> starts = new HashMap<>(); // by file

    @Test
    void waits_are_drawn_evenly_from_zero_to_a_bound_that_doubles_up_to_the_cap() {
        RetryPolicy retry = RetryPolicy.of(7).withBackoff(Duration.ofSeconds(10), Duration.ofSeconds(70));
        BatchEngine engine = failing(machine.engine());
        String id = create(engine, retry);
        machine.advanceUntil(() -> engine.batches().get(id).status().isTerminal());
        assertThat(starts.values())
                .hasSize(FILES)
                .allSatisfy(attempts -> assertThat(attempts).hasSize(7));
        List<Integer> bounds = List.of(10, 20, 40, 70, 70, 70);
        for (int i = 0; i < bounds.size(); i++) {
            int attempt = i;
            LongSummaryStatistics waits = starts.values().stream()
                    .mapToLong(times -> ChronoUnit.MILLIS.between(times.get(attempt), times.get(attempt + 1)))
                    .summaryStatistics();
            long bound = bounds.get(i) * 1_000L;
            assertThat(waits.getMin()).as("shortest before %d", i + 2).isBetween(0L, bound / 20);
            assertThat(waits.getMax()).as("longest before %d", i + 2).isBetween(bound * 19 / 20, bound);
            assertThat(waits.getAverage())
                    .as("mean before %d", i + 2)
                    .isCloseTo(bound / 2.0, within(bound * 0.05)); // four standard errors
        }
    }

    @Test
    void files_that_wait_hold_neither_a_thread_nor_a_permit() {
        BatchEngine engine = failing(machine.engine(1).maxInFlight(1));
        String waiting = create(engine, RetryPolicy.of(2).withBackoff(Duration.ofDays(1), Duration.ofDays(1)));
        machine.run();
        assertThat(starts).hasSize(FILES);
        assertThat(engine.health().jobsInFlight()).isZero();
        assertThat(engine.batches().progress(waiting).inFlight()).isZero();

        starts.clear();
        String other = create(engine, RetryPolicy.NONE);
        machine.run();
        assertThat(starts).hasSize(FILES);
        assertThat(engine.batches().get(other).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(engine.batches().get(waiting).status()).isEqualTo(BatchStatus.RUNNING);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void attempts_and_due_times_survive_the_end_of_an_engine(boolean killed) {
        RetryPolicy retry = RetryPolicy.of(3).withBackoff(Duration.ofMinutes(30), Duration.ofMinutes(30));
        ManualMachine.Simulated process = machine.process();
        BatchEngine first = failing(process.engine(2));
        String id = create(first, retry);
        machine.run();
        Map<String, Instant> due = new HashMap<>();
        store.files(FileQuery.InBatch.of(id, 0, FILES, Set.of(), FILES)).forEach(file -> {
            assertThat(requireNonNull(file.delayed()).attempts()).isEqualTo(1);
            due.put(file.fileId(), requireNonNull(file.delayed().notBefore()));
        });
        assertThat(due).hasSize(FILES);
        if (!killed) {
            first.closeAsync(Duration.ofSeconds(10));
            machine.advance(Duration.ofSeconds(1));
        }
        process.kill();
        machine.advance(Duration.ofMinutes(1)); // its lease
        Instant back = machine.clock().instant();
        BatchEngine second = failing(machine.engine());
        machine.advance(Duration.ofMinutes(30));

        due.forEach((file, time) -> {
            Instant expected = time.isBefore(back) ? back : time; // what fell due meanwhile starts at once
            assertThat(requireNonNull(starts.get(file)).get(1))
                    .as("second attempt at %s", file)
                    .isCloseTo(expected, within(1, ChronoUnit.MILLIS));
        });
        machine.advanceUntil(() -> second.batches().get(id).status().isTerminal());
        assertThat(starts.values()).allSatisfy(attempts -> assertThat(attempts).hasSize(3));
        assertThat(second.batches().jobs(id))
                .allSatisfy(job -> assertThat(job.attempts()).isEqualTo(3));
    }

    private BatchEngine failing(BatchEngineBuilder builder) {
        return builder.sourceDirectory(directory)
                .store(store)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.blocking(job -> {
                    starts.computeIfAbsent(job.file().id(), file -> new ArrayList<>())
                            .add(machine.clock().instant());
                    return Outcome.failedRetryably("busy");
                }))))
                .build();
    }

    private static String create(BatchEngine engine, RetryPolicy retry) {
        return engine.batches()
                .create(CreateBatch.of("dir-a", TYPE, "cfg").withOptions(BatchOptions.DEFAULT.withRetry(retry)))
                .id();
    }
}
