package io.batchengine;

import static io.batchengine.support.Load.OTHER_TYPE;
import static io.batchengine.support.Load.TYPE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.limits.JobTypeLimits;
import io.batchengine.limits.Limits;
import io.batchengine.limits.ProjectLimits;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.StatusReason;
import io.batchengine.support.Load;
import io.batchengine.support.Load.Kind;
import io.batchengine.support.ManualMachine;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Limits of jobs in flight: never exceeded, all used, changed while jobs run. */
class InFlightLimitsTest {
    /** Where a limit is set, and for whom it counts. */
    @SuppressWarnings("ImmutableEnumChecker") // made of lambdas that hold nothing
    enum Limited {
        ENGINE(StatusReason.Code.ENGINE_IN_FLIGHT_LIMIT, Limits::withMaxInFlight, "the engine"),
        PROJECT(
                StatusReason.Code.PROJECT_IN_FLIGHT_LIMIT,
                (limits, n) -> limits.withProject("prj-a", ProjectLimits.NONE.withMaxInFlight(n)),
                "project \"prj-a\""),
        EACH_PROJECT(
                StatusReason.Code.PROJECT_IN_FLIGHT_LIMIT,
                (limits, n) -> limits.withEachProject(ProjectLimits.NONE.withMaxInFlight(n)),
                "project \"prj-a\""),
        JOB_TYPE(
                StatusReason.Code.JOB_TYPE_IN_FLIGHT_LIMIT,
                (limits, n) -> limits.withJobType(TYPE, JobTypeLimits.NONE.withMaxInFlight(n)),
                "job type test_v1"),
        EACH_JOB_TYPE(
                StatusReason.Code.JOB_TYPE_IN_FLIGHT_LIMIT,
                (limits, n) -> limits.withEachJobType(JobTypeLimits.NONE.withMaxInFlight(n)),
                "job type test_v1"),
        BATCH(StatusReason.Code.BATCH_IN_FLIGHT_LIMIT, Limits::withMaxInFlightPerBatch, "the batch");

        interface Set {
            Limits to(Limits limits, int maxInFlight);
        }

        final StatusReason.Code code;
        final Set set;
        final String whose;

        Limited(StatusReason.Code code, Set set, String whose) {
            this.code = code;
            this.set = set;
            this.whose = whose;
        }

        Limits limits(int maxInFlight) {
            return set.to(Limits.DEFAULT, maxInFlight);
        }

        /** By what the load counts it. */
        Function<String, String> counted() {
            return switch (this) {
                case ENGINE -> batch -> "engine";
                case PROJECT, EACH_PROJECT -> batch -> "prj-a";
                case JOB_TYPE, EACH_JOB_TYPE -> batch -> TYPE.toString();
                case BATCH -> batch -> batch;
            };
        }
    }

    private final ManualMachine machine = new ManualMachine();

    private Load load(Kind kind) {
        return new Load(machine, kind).taking(Duration.ofSeconds(1));
    }

    private static String create(BatchEngine engine, String project, String directory) {
        return engine.batches(project).create(directory, TYPE, "cfg").id();
    }

    @ParameterizedTest
    @EnumSource
    void as_many_asynchronous_jobs_run_together_as_may_and_never_more(Limited limited) {
        usedAndNeverExceeded(limited, Kind.ASYNCHRONOUS);
    }

    @ParameterizedTest
    @EnumSource
    void as_many_blocking_jobs_run_together_as_may_and_never_more(Limited limited) {
        usedAndNeverExceeded(limited, Kind.BLOCKING);
    }

    private void usedAndNeverExceeded(Limited limited, Kind kind) {
        Load load = load(kind);
        BatchEngine engine = load.engine(64).limits(limited.limits(7)).build();
        String first = create(engine, "prj-a", "100");
        String second = create(engine, "prj-a", "100");
        machine.advance(Duration.ofMillis(5_500));

        String counted = limited.counted().apply(first);
        int batches = limited == Limited.BATCH ? 2 : 1;
        assertThat(load.inFlight(counted)).isEqualTo(7);
        assertThat(load.most(counted)).isEqualTo(7);
        assertThat(load.starts()).as("no time is lost between them").hasSize(6 * 7 * batches);
        assertThat(engine.health().jobsInFlight()).isEqualTo(7 * batches);
        machine.advanceUntil(() -> engine.batches("prj-a").get(first).status().isTerminal()
                && engine.batches("prj-a").get(second).status().isTerminal());
        assertThat(load.most(counted)).isEqualTo(7);
        assertThat(engine.health().jobsInFlight()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void zero_holds_the_work_and_says_so_and_raising_it_takes_effect_at_once(Limited limited) {
        Load load = load(Kind.BLOCKING);
        BatchEngine engine = load.engine(2).limits(limited.limits(0)).build();
        String id = create(engine, "prj-a", "3");
        machine.advance(Duration.ofMillis(1_500));
        Instant since = Instant.parse("2026-01-01T00:00:01Z");
        assertThat(engine.batches("prj-a").get(id).status()).isEqualTo(BatchStatus.THROTTLED);
        StatusReason reason = engine.batches("prj-a").progress(id).reason();
        assertThat(reason)
                .isEqualTo(StatusReason.of(limited.code, limited.whose + " may have 0 jobs in flight", since));
        machine.advance(Duration.ofMinutes(1));
        assertThat(load.starts()).isEmpty();
        assertThat(engine.batches("prj-a").progress(id).reason()).isEqualTo(reason);

        engine.setLimits(limited.limits(2));
        machine.run();
        assertThat(load.starts()).hasSize(2);
        assertThat(engine.batches("prj-a").get(id).status()).isEqualTo(BatchStatus.RUNNING);
        machine.advance(Duration.ofSeconds(2));
        assertThat(engine.batches("prj-a").get(id).status()).isEqualTo(BatchStatus.COMPLETED);
    }

    @ParameterizedTest
    @EnumSource
    void a_lowered_limit_stops_no_job_and_nothing_starts_until_there_are_fewer(Limited limited) {
        Load load = new Load(machine, Kind.ASYNCHRONOUS)
                .taking(job ->
                        Duration.ofSeconds(1 + Long.parseLong(job.file().id().substring(2)) % 10));
        BatchEngine engine = load.engine(2).limits(limited.limits(10)).build();
        String id = create(engine, "prj-a", "100");
        machine.advance(Duration.ofMillis(500));
        assertThat(load.starts()).hasSize(10);

        engine.setLimits(limited.limits(3));
        assertThat(engine.limits()).isEqualTo(limited.limits(3));
        machine.advance(Duration.ofSeconds(7));
        assertThat(load.starts()).as("seven have ended, none was started").hasSize(10);
        assertThat(load.inFlight("engine")).isEqualTo(3);
        assertThat(engine.batches("prj-a").progress(id).inFlight()).isEqualTo(3);
        machine.advance(Duration.ofSeconds(1));
        assertThat(load.starts()).hasSize(11);
        load.forgetMost();
        machine.advanceUntil(() -> engine.batches("prj-a").get(id).status().isTerminal());
        assertThat(load.most("engine")).isEqualTo(3);
        assertThat(engine.batches("prj-a").progress(id).counts().succeeded()).isEqualTo(100);
    }

    @Test
    void workers_in_the_middle_of_their_turns_heed_a_lowered_limit() {
        Load load = new Load(machine, Kind.BLOCKING).taking(Duration.ofNanos(100_000));
        BatchEngine engine = load.engine(8).build();
        create(engine, "prj-a", "1000");
        machine.advance(Duration.ofNanos(550_000));
        assertThat(load.inFlight("engine")).isEqualTo(8);
        engine.setLimits(Limits.DEFAULT.withMaxInFlight(2));
        machine.advance(Duration.ofNanos(100_000));
        load.forgetMost();
        machine.advance(Duration.ofMillis(1));
        assertThat(load.most("engine")).isEqualTo(2);
        engine.setLimits(Limits.DEFAULT.withMaxInFlight(0));
        machine.advance(Duration.ofNanos(100_000));
        assertThat(load.inFlight("engine")).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void a_job_that_was_given_up_keeps_its_slot_until_its_body_returns(Kind kind) {
        Load load = new Load(machine, kind)
                .taking(job -> Duration.ofMillis(job.file().id().endsWith("0") ? 59_300 : 1_000));
        BatchEngine engine = load.engine(4)
                .limits(Limits.DEFAULT.withMaxInFlightPerBatch(1))
                .stopGrace(Duration.ofSeconds(1))
                .defaultOptions(BatchOptions.DEFAULT.withJobTimeout(Duration.ofSeconds(2)))
                .build();
        String id = create(engine, "prj-a", "3");
        machine.advance(Duration.ofSeconds(59));
        assertThat(load.starts()).hasSize(1);
        assertThat(engine.health().stuckJobs()).isEqualTo(1);
        assertThat(engine.health().jobsInFlight()).isEqualTo(1);
        assertThat(engine.batches("prj-a").progress(id).counts().failed()).isEqualTo(1);
        assertThat(engine.batches("prj-a").get(id).status()).isEqualTo(BatchStatus.THROTTLED);
        assertThat(requireNonNull(engine.batches("prj-a").progress(id).reason()).code())
                .isEqualTo(StatusReason.Code.BATCH_IN_FLIGHT_LIMIT);

        machine.advance(Duration.ofMillis(300));
        assertThat(load.starts()).as("as soon as the slot is back").hasSize(2);
        machine.advance(Duration.ofSeconds(3));
        assertThat(engine.batches("prj-a").get(id).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(engine.health().jobsInFlight()).isZero();
    }

    @Test
    void a_project_and_a_type_at_their_limits_keep_no_other_waiting() {
        Load load = load(Kind.BLOCKING);
        BatchEngine engine = load.engine(10)
                .limits(Limits.DEFAULT
                        .withProject(
                                "prj-a", ProjectLimits.NONE.withMaxInFlight(2).withWeight(1_000))
                        .withJobType(OTHER_TYPE, JobTypeLimits.NONE.withMaxInFlight(3)))
                .build();
        create(engine, "prj-a", "1000");
        engine.batches("prj-b").create("1000", OTHER_TYPE, "cfg");
        machine.run();
        create(engine, "prj-c", "1000");
        machine.advance(Duration.ofMillis(5_500));
        assertThat(load.inFlight("prj-a")).isEqualTo(2);
        assertThat(load.inFlight("prj-b")).isEqualTo(3);
        assertThat(load.inFlight("prj-c")).isEqualTo(5);
        assertThat(load.startsOf("prj-c")).isEqualTo(6 * 5);
    }

    @Test
    void all_limits_hold_together() {
        Load load = load(Kind.ASYNCHRONOUS);
        BatchEngine engine = load.engine(4)
                .limits(Limits.DEFAULT
                        .withMaxInFlight(20)
                        .withMaxInFlightPerBatch(4)
                        .withEachProject(ProjectLimits.NONE.withMaxInFlight(6))
                        .withJobType(TYPE, JobTypeLimits.NONE.withMaxInFlight(11)))
                .build();
        for (int i = 0; i < 4; i++) {
            create(engine, "prj-" + i, "100");
            engine.batches("prj-" + i).create("100", OTHER_TYPE, "cfg");
        }
        machine.advance(Duration.ofMillis(10_500));
        assertThat(load.most("engine")).isEqualTo(20);
        assertThat(load.inFlight("engine")).isEqualTo(20);
        assertThat(load.most(TYPE)).isLessThanOrEqualTo(11);
        for (int i = 0; i < 4; i++) {
            assertThat(load.most("prj-" + i)).isLessThanOrEqualTo(6);
            assertThat(load.inFlight("prj-" + i)).as("shared evenly").isEqualTo(5);
        }
        load.starts().forEach(start -> assertThat(load.most(start.batch())).isLessThanOrEqualTo(4));
    }
}
