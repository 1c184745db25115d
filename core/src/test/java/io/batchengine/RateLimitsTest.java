package io.batchengine;

import static io.batchengine.support.Load.OTHER_TYPE;
import static io.batchengine.support.Load.TYPE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.batchengine.limits.JobTypeLimits;
import io.batchengine.limits.Limits;
import io.batchengine.limits.ProjectLimits;
import io.batchengine.limits.Rate;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.RetryPolicy;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.Outcome;
import io.batchengine.support.Load;
import io.batchengine.support.Load.Kind;
import io.batchengine.support.ManualMachine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts per second: never more than the rate and its burst in any time, and hardly less. */
class RateLimitsTest {
    private final ManualMachine machine = new ManualMachine();

    private static Limits project(Rate rate) {
        return Limits.DEFAULT.withProject("prj-a", ProjectLimits.NONE.withRate(rate));
    }

    private static Limits type(Rate rate) {
        return Limits.DEFAULT.withJobType(TYPE, JobTypeLimits.NONE.withRate(rate));
    }

    private static void create(BatchEngine engine, int batches) {
        for (int i = 0; i < batches; i++) {
            engine.batches("prj-a").create("1000000", TYPE, "cfg");
        }
    }

    /** Within any time of t seconds there are at most burst + rate * t. */
    private static void assertNeverExceeded(LongStream startNanos, Rate rate) {
        long[] nanos = startNanos.toArray();
        double least = Double.MAX_VALUE;
        for (int i = 0; i < nanos.length; i++) {
            double ahead = i - rate.perSecond() * nanos[i] / 1e9;
            least = Math.min(least, ahead);
            assertThat(ahead - least + 1)
                    .as("starts beyond the rate up to the one at %s", Duration.ofNanos(nanos[i]))
                    .isLessThanOrEqualTo(rate.burst() + 1e-6);
        }
    }

    private static LongStream nanos(List<Load.Start> starts) {
        return starts.stream().mapToLong(Load.Start::nanos);
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 1, 1, BLOCKING",
        "3, 1, 4, BLOCKING",
        "3, 10, 4, ASYNCHRONOUS",
        "7, 2, 64, BLOCKING",
        "500, 1, 1, ASYNCHRONOUS",
        "500, 50, 3, BLOCKING",
        "500, 50, 3, ASYNCHRONOUS",
        "30000, 3000, 2, BLOCKING",
        "30000, 100, 4, ASYNCHRONOUS"
    })
    void a_rate_is_kept_and_used(double perSecond, int burst, int workers, Kind kind) {
        Rate rate = Rate.perSecond(perSecond).withBurst(burst);
        for (Limits limits : List.of(project(rate), type(rate))) {
            ManualMachine ownMachine = new ManualMachine();
            Load load = new Load(ownMachine, kind);
            if (perSecond <= 1_000) {
                load.taking(Duration.ofMillis(1));
            }
            create(load.engine(workers).limits(limits).build(), perSecond <= 1_000 ? 3 : 2);
            int seconds = perSecond < 10 ? 100 : perSecond > 1_000 ? 2 : 10;
            ownMachine.advance(Duration.ofSeconds(seconds));
            assertNeverExceeded(nanos(load.starts()), rate);
            assertThat((double) load.starts().size())
                    .isCloseTo(burst + perSecond * seconds, within(0.02 * perSecond * seconds));
        }
    }

    @Test
    void after_a_rest_the_burst_is_there_once() {
        Load load = new Load(machine, Kind.BLOCKING);
        BatchEngine engine =
                load.engine(2).limits(project(Rate.perSecond(10).withBurst(20))).build();
        engine.batches("prj-a").create("50", TYPE, "cfg");
        machine.run();
        assertThat(load.starts()).hasSize(20);
        machine.advance(Duration.ofMinutes(1));
        assertThat(load.starts()).hasSize(50);
        engine.batches("prj-a").create("50", TYPE, "cfg");
        machine.advance(Duration.ofMillis(500));
        assertThat(load.starts()).hasSize(50 + 20 + 5);
    }

    @Test
    void a_token_that_finds_no_file_is_not_lost() {
        Load load = new Load(machine, Kind.BLOCKING);
        BatchEngine engine =
                load.engine(4).limits(project(Rate.perSecond(1).withBurst(10))).build();
        for (int i = 0; i < 10; i++) {
            engine.batches("prj-a").create("1", TYPE, "cfg");
            machine.run();
            assertThat(load.starts()).hasSize(i + 1);
        }
        engine.batches("prj-a").create("2", TYPE, "cfg");
        machine.advance(Duration.ofSeconds(2));
        assertThat(load.starts()).hasSize(12);
    }

    @Test
    void further_attempts_are_starts_too() {
        Load load = new Load(machine, Kind.BLOCKING).ending(job -> Outcome.failedRetryably("again"));
        Rate rate = Rate.perSecond(2).withBurst(1);
        BatchEngine engine = load.engine(4)
                .limits(project(rate))
                .defaultOptions(BatchOptions.DEFAULT.withRetry(
                        RetryPolicy.of(5).withBackoff(Duration.ofMillis(1), Duration.ofMillis(1))))
                .build();
        String id = engine.batches("prj-a").create("5", TYPE, "cfg").id();
        machine.advance(Duration.ofSeconds(13));
        assertThat(load.starts()).hasSize(25);
        assertNeverExceeded(nanos(load.starts()), rate);
        assertThat(engine.batches("prj-a").progress(id).counts().failed()).isEqualTo(5);
    }

    @Test
    void a_rate_of_zero_holds_the_work_until_it_is_changed() {
        Load load = new Load(machine, Kind.BLOCKING);
        BatchEngine engine =
                load.engine(2).limits(type(Rate.perSecond(0).withBurst(5))).build();
        String id = engine.batches("prj-a").create("10", TYPE, "cfg").id();
        machine.advance(Duration.ofSeconds(30));
        assertThat(load.starts()).isEmpty();
        assertThat(engine.batches("prj-a").get(id).status()).isEqualTo(BatchStatus.THROTTLED);
        assertThat(engine.batches("prj-a").progress(id).reason())
                .isEqualTo(StatusReason.of(
                                StatusReason.Code.JOB_TYPE_RATE_LIMIT,
                                "job type test_v1 may start 0 jobs in a second",
                                Instant.parse("2026-01-01T00:00:01Z"))
                        .withUntil(null));
        engine.setLimits(type(Rate.perSecond(1).withBurst(5)));
        machine.run();
        assertThat(load.starts()).hasSize(5);
        engine.setLimits(Limits.DEFAULT);
        machine.run();
        assertThat(engine.batches("prj-a").get(id).status()).isEqualTo(BatchStatus.COMPLETED);
    }

    @Test
    void until_tells_the_next_token() {
        Load load = new Load(machine, Kind.BLOCKING);
        BatchEngine engine =
                load.engine(2).limits(project(Rate.perSecond(0.1).withBurst(1))).build();
        String id = engine.batches("prj-a").create("10", TYPE, "cfg").id();
        machine.advance(Duration.ofSeconds(4));
        StatusReason reason =
                requireNonNull(engine.batches("prj-a").progress(id).reason());
        assertThat(reason.code()).isEqualTo(StatusReason.Code.PROJECT_RATE_LIMIT);
        assertThat(reason.message()).isEqualTo("project \"prj-a\" may start 0.1 jobs in a second");
        assertThat(reason.until()).isEqualTo(Instant.parse("2026-01-01T00:00:10Z"));
        machine.advance(Duration.ofMillis(6_500));
        assertThat(load.starts()).hasSize(2);
        assertThat(nanos(load.starts()).toArray()).containsExactly(0, 10_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.0})
    void a_raised_rate_takes_effect_at_once_and_what_is_owed_stays_owed(double before) {
        Load load = new Load(machine, Kind.BLOCKING);
        BatchEngine engine =
                load.engine(2).limits(project(Rate.perSecond(0.1).withBurst(1))).build();
        engine.batches("prj-a").create("1000", TYPE, "cfg");
        machine.advance(Duration.ofSeconds(5));
        assertThat(load.starts()).hasSize(1);
        engine.setLimits(project(Rate.perSecond(before).withBurst(1)));
        machine.run();
        engine.setLimits(project(Rate.perSecond(10).withBurst(1)));
        machine.run();
        assertThat(load.starts()).as("half a token is there").hasSize(1);
        machine.advance(Duration.ofMillis(50));
        assertThat(load.starts()).hasSize(2);
        machine.advance(Duration.ofSeconds(1));
        assertThat(load.starts()).hasSize(12);
    }

    @Test
    void a_lowered_rate_takes_effect_at_once() {
        Load load = new Load(machine, Kind.BLOCKING);
        BatchEngine engine = load.engine(2)
                .limits(project(Rate.perSecond(1_000).withBurst(100)))
                .build();
        engine.batches("prj-a").create("1000000", TYPE, "cfg");
        machine.advance(Duration.ofSeconds(1));
        assertThat(load.starts()).hasSizeBetween(1_090, 1_100);
        load.starts().clear();
        engine.setLimits(project(Rate.perSecond(1).withBurst(1)));
        machine.advance(Duration.ofSeconds(20));
        assertThat(load.starts().size()).isBetween(19, 21);
    }

    @Test
    void a_project_at_its_rate_keeps_no_other_waiting() {
        Load load = new Load(machine, Kind.BLOCKING).taking(Duration.ofMillis(10));
        BatchEngine engine = load.engine(1)
                .limits(project(Rate.perSecond(5).withBurst(2))
                        .withJobType(
                                OTHER_TYPE,
                                JobTypeLimits.NONE.withRate(Rate.perSecond(7).withBurst(2))))
                .build();
        engine.batches("prj-a").create("1000000", TYPE, "cfg");
        engine.batches("prj-b").create("1000000", OTHER_TYPE, "cfg");
        engine.batches("prj-c").create("1000000", TYPE, "cfg");
        machine.advance(Duration.ofSeconds(10));
        assertThat(load.startsOf("prj-a")).isBetween(51L, 52L);
        assertThat(load.startsOf("prj-b")).isBetween(71L, 72L);
        assertThat(load.starts()).hasSize(1_000 + 1);
    }

    @Test
    void a_start_needs_the_tokens_of_project_and_type() {
        Load load = new Load(machine, Kind.BLOCKING);
        BatchEngine engine = load.engine(3)
                .limits(type(Rate.perSecond(20).withBurst(1))
                        .withEachProject(
                                ProjectLimits.NONE.withRate(Rate.perSecond(8).withBurst(1))))
                .build();
        for (String project : List.of("prj-a", "prj-b", "prj-c")) {
            engine.batches(project).create("1000000", TYPE, "cfg");
        }
        engine.batches("prj-c").create("1000000", OTHER_TYPE, "cfg");
        machine.advance(Duration.ofSeconds(10));
        for (String project : List.of("prj-a", "prj-b", "prj-c")) {
            assertNeverExceeded(
                    nanos(load.starts().stream()
                            .filter(start -> start.project().equals(project))
                            .toList()),
                    Rate.perSecond(8).withBurst(1));
        }
        assertThat(load.startsOf("prj-c")).isBetween(79L, 81L);
        assertThat(load.starts(start -> start.type().equals(TYPE))).isBetween(160L, 201L);
    }

    @Test
    void nobody_has_a_turn_in_vain_for_want_of_a_token() {
        Load load = new Load(machine, Kind.ASYNCHRONOUS).taking(Duration.ofMillis(1));
        int[] tasks = {0};
        BatchEngine engine = load.engine(64, task -> tasks[0]++)
                .limits(project(Rate.perSecond(100).withBurst(1)))
                .build();
        create(engine, 3);
        machine.advance(Duration.ofSeconds(10));
        assertThat(load.starts()).hasSizeBetween(990, 1_001);
        assertThat(tasks[0]).isLessThan(2 * load.starts().size());
    }
}
