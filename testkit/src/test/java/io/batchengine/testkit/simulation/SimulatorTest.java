package io.batchengine.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.testkit.invariant.Invariant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The engine, as it is, holds its promise in thousands of simulated runs with faults. More seeds: {@code -Dbatchengine.simulation.seeds=n}; or the
 * program, {@code java -jar testkit/target/batch-simulator.jar}. A seed that fails is to be mended in the engine, and stands in the changelog.
 */
class SimulatorTest {
    private static final long SEEDS = Long.getLong("batchengine.simulation.seeds", 2_000);
    private static final long FROM = Long.getLong("batchengine.simulation.from", 0);
    private static final int THREADS = 2;

    @Test
    @Tag("rounds")
    void every_invariant_holds_in_thousands_of_runs_and_is_put_to_the_test() {
        SimulationReport report =
                Simulation.ofEngines().threads(THREADS).run(FROM, SEEDS).assertClean();
        assertThat(report.runs()).isEqualTo(SEEDS);
        assertThat(never(report)).as("never put to the test").isEmpty();
    }

    @Test
    void every_invariant_holds_with_a_fault_at_any_call_of_the_store() {
        Simulation.ofEngines().threads(THREADS).sweep(1).assertClean();
    }

    @Test
    @EnabledIfSystemProperty(named = "batchengine.simulation.pairs", matches = "true")
    void every_invariant_holds_with_faults_at_any_two_calls_close_together() {
        Simulation.ofEngines().threads(THREADS).sweep(2).assertClean();
    }

    private static List<Invariant> never(SimulationReport report) {
        return Arrays.stream(Invariant.values())
                .filter(invariant -> invariant != Invariant.OWN_CHECK)
                .filter(invariant -> report.exercised().getOrDefault(invariant, 0L) == 0)
                .toList();
    }
}
