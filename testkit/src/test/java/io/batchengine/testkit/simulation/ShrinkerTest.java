package io.batchengine.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.limits.Limits;
import io.batchengine.testkit.fault.Call;
import io.batchengine.testkit.invariant.Invariant;
import io.batchengine.testkit.machine.SimulatedMachine;
import io.batchengine.testkit.simulation.Incident.CallFault;
import io.batchengine.testkit.simulation.Incident.Effect;
import io.batchengine.testkit.simulation.Plan.BatchSpec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
    private static final Incident.Kill KILL = new Incident.Kill(30, 1, 100);

    /** Fails where an engine was ever started a second time. */
    private static Setting failingWhereAnEngineIsReplaced() {
        Setting sound = SimulationSettings.ofEngines();
        return new Setting(
                sound.jobs(),
                false,
                sound.type(),
                sound.configuration(),
                Setting.IN_MEMORY,
                (process, builder) -> Started.on(process.machine()).names.add(process.toString()),
                run -> assertThat(Started.on(run.machine()).names).noneMatch(name -> name.endsWith(".2")));
    }

    /** All processes of a run in which an engine was built. */
    private static final class Started {
        final List<String> names = new ArrayList<>();

        static Started on(SimulatedMachine machine) {
            return machine.outside(Started.class, Started::new);
        }
    }

    private static Plan plan(Incident last) {
        List<Incident> incidents = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            incidents.add(new Incident.Create(
                    10 * i, 0, new BatchSpec("prj-a", i % 3, 2, 200, 0, 1_000, 5, false, "key-" + i)));
            incidents.add(new Incident.UserCall(500 * i, 0, i, Incident.Use.READ));
            incidents.add(new Incident.Pause(100 * i, 0, 50));
            incidents.add(new CallFault(EnumSet.of(Call.STORE_COMMIT), 3 + 2 * i, 1, Effect.THROWS, 5));
        }
        incidents.add(7, last);
        return Scenarios.ALL.get(1).withIncidents(incidents);
    }

    @Test
    void of_many_incidents_the_one_that_is_needed_is_left() {
        Setting setting = failingWhereAnEngineIsReplaced();
        Run.Result failed = Run.of(plan(KILL), setting);
        assertThat(failed.firstViolation().orElseThrow().invariant()).isEqualTo(Invariant.OWN_CHECK);
        Run.Result smallest = Shrinker.shrink(setting, failed);
        assertThat(smallest.firstViolation().orElseThrow().invariant()).isEqualTo(Invariant.OWN_CHECK);
        assertThat(smallest.plan().incidents()).containsExactly(KILL);
        assertThat(smallest.plan().engines()).hasSize(1);
        assertThat(smallest.plan().directories()).allMatch(directory -> directory.files() == 0);
        assertThat(smallest.plan().load()).isEqualTo(Plan.Load.NONE);
        assertThat(smallest.trace()).hasSizeLessThan(failed.trace().length());
    }

    @Test
    void of_a_fault_that_strikes_for_ever_one_strike_is_left() {
        Setting setting = failingWhereAnEngineIsReplaced();
        CallFault crashes = new CallFault(EnumSet.of(Call.STORE_CLAIM), 1, 5, Effect.CRASH_BEFORE, 5);
        Run.Result smallest = Shrinker.shrink(setting, Run.of(plan(crashes), setting));
        assertThat(smallest.plan().incidents())
                .singleElement()
                .isEqualTo(new CallFault(crashes.calls(), 1, 1, Effect.CRASH_BEFORE, 5));
    }

    @Test
    void limits_and_their_changes_that_are_not_needed_are_left_out() {
        DrawnLimits tight = new DrawnLimits(Limits.DEFAULT.withMaxInFlight(3).withMaxInFlightPerBatch(1));
        Plan plan = plan(KILL);
        List<Incident> incidents = new ArrayList<>(plan.incidents());
        incidents.add(new Incident.ChangeLimits(20, 0, tight));
        Plan limited = plan.withIncidents(incidents)
                .withEngines(plan.engines().stream()
                        .map(engine -> engine.withLimits(tight))
                        .toList())
                .withLoad(new Plan.Load(50, 2));
        Setting setting = failingWhereAnEngineIsReplaced();
        Plan smallest = Shrinker.shrink(setting, Run.of(limited, setting)).plan();
        assertThat(smallest.incidents()).containsExactly(KILL);
        assertThat(smallest.load()).isEqualTo(Plan.Load.NONE);
        assertThat(smallest.engines())
                .extracting(engine -> engine.limits().limits())
                .containsExactly(Limits.DEFAULT.withMaxInFlight(3));
    }

    @Test
    void a_run_without_a_violation_stays_as_it_is() {
        Run.Result clean = Run.of(plan(KILL), SimulationSettings.ofEngines());
        assertThat(clean.firstViolation()).isEmpty();
        assertThat(Shrinker.shrink(SimulationSettings.ofEngines(), clean)).isSameAs(clean);
    }
}
