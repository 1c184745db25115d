package io.batchengine;

import static io.batchengine.support.Load.OTHER_TYPE;
import static io.batchengine.support.Load.TYPE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobRecord;
import io.batchengine.model.RetryPolicy;
import io.batchengine.model.StatusReason;
import io.batchengine.model.StatusReason.Code;
import io.batchengine.spi.Outcome;
import io.batchengine.support.Load;
import io.batchengine.support.Load.Kind;
import io.batchengine.support.Load.Start;
import io.batchengine.support.ManualMachine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a job that says "not now" means for its file, its batch, and those beside. */
class NotNowTest {
    private static final Duration TEN_MILLIS = Duration.ofMillis(10);

    private final ManualMachine machine = new ManualMachine();
    private final Deque<Duration> waits = new ArrayDeque<>();

    /** The first jobs of a type of a project are told to wait. */
    private Load load(Kind kind, Duration... each) {
        waits.addAll(List.of(each));
        return new Load(machine, kind)
                .taking(TEN_MILLIS)
                .ending(job ->
                        job.scope().projectId().equals("prj-a") && job.type().equals(TYPE) && !waits.isEmpty()
                                ? Outcome.notNow(waits.remove())
                                : Outcome.succeeded());
    }

    @ParameterizedTest
    @EnumSource
    void a_file_keeps_its_place_and_its_attempts(Kind kind) {
        Load load = load(kind, Duration.ofSeconds(5), Duration.ofSeconds(3));
        BatchEngine engine = load.engine(1)
                .maxInFlight(1)
                .defaultOptions(BatchOptions.DEFAULT.withRetry(
                        RetryPolicy.of(2).withBackoff(Duration.ofMillis(1), Duration.ofMillis(1))))
                .build();
        Batches batches = engine.batches("prj-a");
        String id = batches.create("3", TYPE, "cfg").id();
        machine.advance(Duration.ofSeconds(2));
        assertThat(batches.get(id).status()).isEqualTo(BatchStatus.THROTTLED);
        assertThat(batches.progress(id).reason())
                .isEqualTo(StatusReason.of(
                                Code.BACK_PRESSURE,
                                "the job factory asked to wait for PT5S",
                                Instant.parse("2026-01-01T00:00:00.010Z"))
                        .withUntil(Instant.parse("2026-01-01T00:00:05.010Z")));
        machine.advanceUntil(() -> batches.get(id).status().isTerminal());
        assertThat(load.starts().stream().map(Start::file))
                .containsExactly("f-00000000", "f-00000000", "f-00000000", "f-00000001", "f-00000002");
        assertThat(load.starts().get(1).nanos()).isEqualTo(5_010_000_000L);
        assertThat(load.starts().get(2).nanos()).isEqualTo(8_020_000_000L);
        assertThat(batches.jobs(id).map(JobRecord::attempts)).containsExactly(1, 1, 1);
    }

    @ParameterizedTest
    @EnumSource
    void the_longest_of_several_waits_wins(Kind kind) {
        Load load = load(kind, Duration.ofSeconds(4), Duration.ofSeconds(9), Duration.ofSeconds(1));
        BatchEngine engine = load.engine(3).maxInFlight(3).build();
        String id = engine.batches("prj-a").create("10", TYPE, "cfg").id();
        machine.advance(Duration.ofSeconds(9));
        assertThat(load.starts()).hasSize(3);
        StatusReason reason =
                requireNonNull(engine.batches("prj-a").progress(id).reason());
        assertThat(reason.message()).isEqualTo("the job factory asked to wait for PT9S");
        assertThat(reason.until()).isEqualTo(Instant.parse("2026-01-01T00:00:09.010Z"));
        machine.advance(Duration.ofSeconds(1));
        assertThat(engine.batches("prj-a").get(id).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(load.starts()).hasSize(13);
    }

    @ParameterizedTest
    @EnumSource
    void other_batches_of_the_same_type_and_project_wait_too_and_nobody_else(Kind kind) {
        Load load = load(kind, Duration.ofSeconds(5));
        BatchEngine engine = load.engine(1).maxInFlight(1).build();
        Batches batches = engine.batches("prj-a");
        String refused = batches.create("3", TYPE, "cfg").id();
        machine.run();
        String beside = batches.create("3", TYPE, "cfg").id();
        String otherType = batches.create("3", OTHER_TYPE, "cfg").id();
        String otherProject = engine.batches("prj-b").create("3", TYPE, "cfg").id();
        machine.advance(Duration.ofSeconds(1));
        assertThat(batches.get(otherType).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(engine.batches("prj-b").get(otherProject).status()).isEqualTo(BatchStatus.COMPLETED);
        for (String id : List.of(refused, beside)) {
            assertThat(batches.get(id).status()).isEqualTo(BatchStatus.THROTTLED);
            assertThat(requireNonNull(batches.progress(id).reason()).code()).isEqualTo(Code.BACK_PRESSURE);
        }
        assertThat(load.starts(start -> start.batch().equals(beside))).isZero();
        machine.advance(Duration.ofSeconds(5));
        assertThat(batches.get(refused).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(batches.get(beside).status()).isEqualTo(BatchStatus.COMPLETED);
    }
}
