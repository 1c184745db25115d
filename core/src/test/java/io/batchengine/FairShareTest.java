package io.batchengine;

import static io.batchengine.support.Load.OTHER_TYPE;
import static io.batchengine.support.Load.TYPE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.batchengine.limits.JobTypeLimits;
import io.batchengine.limits.Limits;
import io.batchengine.limits.ProjectLimits;
import io.batchengine.limits.Rate;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.JobType;
import io.batchengine.support.Load;
import io.batchengine.support.Load.Kind;
import io.batchengine.support.Load.Start;
import io.batchengine.support.ManualMachine;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shares of projects and batches in the slots, by weight and by the time for which slots are held. */
class FairShareTest {
    private static final Duration TEN_MILLIS = Duration.ofMillis(10);

    private final ManualMachine machine = new ManualMachine();

    private static Limits weights(Map<String, Integer> weights) {
        Limits limits = Limits.DEFAULT;
        for (Map.Entry<String, Integer> each : weights.entrySet()) {
            limits = limits.withProject(each.getKey(), ProjectLimits.NONE.withWeight(each.getValue()));
        }
        return limits;
    }

    private static void flood(BatchEngine engine, String project, JobType type) {
        engine.batches(project).create("1000000", type, "cfg");
    }

    private void assertShare(Load load, String project, double share) {
        assertThat((double) load.startsOf(project) / load.starts().size())
                .as("share of %s", project)
                .isCloseTo(share, withinPercentage(5));
    }

    @ParameterizedTest
    @CsvSource({
        "BLOCKING, 1, 10, 1000",
        "BLOCKING, 4, 10, 1000",
        "BLOCKING, 64, 10, 1000",
        "ASYNCHRONOUS, 4, 10, 26",
        "ASYNCHRONOUS, 2, 100, 1000",
        "BLOCKING, 2, 0, 1000"
    })
    void weights_of_8_to_4_to_1_give_such_shares(Kind kind, int workers, int millis, int maxInFlight) {
        Load load = new Load(machine, kind);
        load.taking(Duration.ofMillis(millis));
        BatchEngine engine = load.engine(workers)
                .limits(weights(Map.of("prj-8", 8, "prj-4", 4, "prj-1", 1)).withMaxInFlight(maxInFlight))
                .build();
        for (String project : new String[] {"prj-1", "prj-4", "prj-8"}) {
            flood(engine, project, TYPE);
        }
        if (millis == 0) {
            machine.runTasks(3_000); // no time passes
        } else {
            machine.advance(Duration.ofSeconds(maxInFlight == 1_000 && kind == Kind.ASYNCHRONOUS ? 5 : 15));
        }
        assertShare(load, "prj-8", 8.0 / 13);
        assertShare(load, "prj-4", 4.0 / 13);
        assertShare(load, "prj-1", 1.0 / 13);
    }

    @Test
    void shares_are_of_time_whatever_jobs_take() {
        Random random = new Random(3);
        Load load = new Load(machine, Kind.BLOCKING);
        double[] used = new double[3];
        load.taking(job -> {
            int project = job.scope().projectId().charAt(4) - 'a';
            double mean = project == 0 ? 200 : project == 1 ? 10 : 2;
            Duration time = Duration.ofNanos(1 + (long) (mean * 1e6 * -Math.log(1 - random.nextDouble())));
            used[project] += time.toNanos();
            return time;
        });
        BatchEngine engine = load.engine(6)
                .limits(weights(Map.of("prj-a", 1, "prj-b", 2, "prj-c", 3)))
                .build();
        flood(engine, "prj-a", TYPE);
        flood(engine, "prj-b", TYPE);
        flood(engine, "prj-c", TYPE);
        machine.advance(Duration.ofSeconds(60));
        double all = used[0] + used[1] + used[2];
        for (int i = 0; i < 3; i++) {
            assertThat(used[i] / all).isCloseTo((i + 1) / 6.0, withinPercentage(5));
        }
    }

    @Test
    void long_jobs_leave_room_for_the_short_ones_of_another_project() {
        Load load = new Load(machine, Kind.BLOCKING)
                .taking(job -> job.scope().projectId().equals("prj-long") ? Duration.ofSeconds(10) : TEN_MILLIS);
        BatchEngine engine = load.engine(4).build();
        flood(engine, "prj-long", TYPE);
        flood(engine, "prj-short", TYPE);
        machine.advance(Duration.ofSeconds(200));
        long shortNanos = load.startsOf("prj-short") * TEN_MILLIS.toNanos();
        assertThat((double) shortNanos / Duration.ofSeconds(4 * 200).toNanos()).isCloseTo(0.5, withinPercentage(5));
    }

    @Test
    void two_types_of_a_project_share_what_it_has() {
        Load load = new Load(machine, Kind.BLOCKING).taking(TEN_MILLIS);
        BatchEngine engine = load.engine(4).build();
        flood(engine, "prj-a", TYPE);
        flood(engine, "prj-a", OTHER_TYPE);
        flood(engine, "prj-b", OTHER_TYPE);
        machine.advance(Duration.ofSeconds(10));
        assertShare(load, "prj-b", 0.5);
        assertThat((double) load.starts(
                        start -> start.project().equals("prj-a") && start.type().equals(TYPE)))
                .isCloseTo(load.startsOf("prj-a") / 2.0, withinPercentage(5));
    }

    @Test
    void batches_of_a_project_share_what_it_has() {
        Load load = new Load(machine, Kind.BLOCKING).taking(TEN_MILLIS);
        BatchEngine engine = load.engine(2).build();
        flood(engine, "prj-a", TYPE);
        flood(engine, "prj-b", TYPE);
        flood(engine, "prj-b", TYPE);
        flood(engine, "prj-b", TYPE);
        machine.advance(Duration.ofSeconds(10));
        assertShare(load, "prj-a", 0.5);
        load.starts().stream()
                .filter(start -> start.project().equals("prj-b"))
                .map(Start::batch)
                .distinct()
                .forEach(batch -> assertThat(
                                (double) load.starts(start -> start.batch().equals(batch)))
                        .isCloseTo(load.startsOf("prj-b") / 3.0, withinPercentage(5)));
    }

    @Test
    void each_step_of_priority_doubles_the_share() {
        Load load = new Load(machine, Kind.BLOCKING).taking(TEN_MILLIS);
        BatchEngine engine = load.engine(2).build();
        Map<Integer, String> batches = new HashMap<>();
        for (int priority : List.of(4, 5, 7)) {
            CreateBatch request =
                    CreateBatch.of("1000000", TYPE, "cfg").withOptions(BatchOptions.DEFAULT.withPriority(priority));
            batches.put(priority, engine.batches("prj-a").create(request).id());
        }
        machine.advance(Duration.ofSeconds(20));
        double all = load.starts().size();
        Map.of(4, 1, 5, 2, 7, 8).forEach((priority, share) -> {
            String batch = requireNonNull(batches.get(priority));
            assertThat(load.starts(start -> start.batch().equals(batch)) / all)
                    .as("share of priority %d", priority)
                    .isCloseTo(share / 11.0, withinPercentage(5));
        });
    }

    @Test
    void who_comes_back_after_a_rest_gets_its_share_and_not_what_it_left() {
        Load load = new Load(machine, Kind.BLOCKING).taking(TEN_MILLIS);
        BatchEngine engine = load.engine(2).build();
        engine.batches("prj-rests").create("1", TYPE, "cfg");
        flood(engine, "prj-a", TYPE);
        machine.advance(Duration.ofSeconds(30));
        load.starts().clear();
        flood(engine, "prj-rests", TYPE);
        machine.advance(Duration.ofSeconds(2));
        assertShare(load, "prj-rests", 0.5);
        flood(engine, "prj-a", TYPE);
        load.starts().clear();
        machine.advance(Duration.ofSeconds(2));
        assertThat((double) load.starts(
                        start -> start.batch().equals(load.starts().get(0).batch())))
                .as("a batch that comes late to its project")
                .isLessThan(1.1 * load.starts().size() / 2);
    }

    @ParameterizedTest
    @CsvSource({"PROJECT", "TYPE", "RATE"})
    void what_a_limit_held_for_long_gets_its_share_and_not_what_it_missed(String held) {
        Load load = new Load(machine, Kind.BLOCKING).taking(TEN_MILLIS);
        Limits none = Limits.DEFAULT;
        BatchEngine engine = load.engine(2).limits(held(held)).build();
        engine.batches("prj-held").create("1000000", OTHER_TYPE, "cfg");
        flood(engine, "prj-a", TYPE);
        machine.advance(Duration.ofSeconds(30));
        load.starts().clear();
        engine.setLimits(none);
        machine.advance(Duration.ofSeconds(2));
        assertShare(load, "prj-held", 0.5);
    }

    private static Limits held(String how) {
        return switch (how) {
            case "PROJECT" -> Limits.DEFAULT.withProject("prj-held", ProjectLimits.NONE.withMaxInFlight(0));
            case "TYPE" -> Limits.DEFAULT.withJobType(OTHER_TYPE, JobTypeLimits.NONE.withMaxInFlight(0));
            default ->
                Limits.DEFAULT.withProject(
                        "prj-held",
                        ProjectLimits.NONE.withRate(Rate.perSecond(2).withBurst(1)));
        };
    }

    @Test
    void batches_that_come_one_after_the_other_get_no_more_than_one_that_stays() {
        Load load = new Load(machine, Kind.BLOCKING)
                .taking(job -> job.scope().projectId().equals("prj-churns") ? Duration.ofMillis(100) : TEN_MILLIS);
        BatchEngine engine = load.engine(1).build();
        flood(engine, "prj-stays", TYPE);
        machine.advance(Duration.ofMillis(100));
        long begin = machine.nanos();
        long churned = load.startsOf("prj-churns");
        while (machine.nanos() - begin < 20_000_000_000L) {
            String id = engine.batches("prj-churns").create("1", TYPE, "cfg").id();
            machine.advanceUntil(
                    () -> engine.batches("prj-churns").get(id).status().isTerminal());
            churned++;
        }
        assertThat((double) churned * 100_000_000 / (machine.nanos() - begin)).isLessThan(0.53);
    }

    @Test
    void a_mistaken_guess_of_what_jobs_take_starves_nobody() {
        Load load = new Load(machine, Kind.ASYNCHRONOUS);
        boolean[] slow = {true};
        load.taking(job ->
                job.scope().projectId().equals("prj-b") ? TEN_MILLIS : slow[0] ? Duration.ofMinutes(10) : TEN_MILLIS);
        BatchEngine engine = load.engine(2).maxInFlight(100).build();
        flood(engine, "prj-a", TYPE);
        machine.advance(Duration.ofMinutes(9));
        slow[0] = false;
        machine.advance(Duration.ofMinutes(1).plusMillis(5)); // as if those that run now would take as long
        flood(engine, "prj-b", TYPE);
        machine.advance(Duration.ofSeconds(1));
        load.starts().clear();
        machine.advance(Duration.ofSeconds(5));
        assertShare(load, "prj-a", 0.5);
        assertShare(load, "prj-b", 0.5);
    }
}
