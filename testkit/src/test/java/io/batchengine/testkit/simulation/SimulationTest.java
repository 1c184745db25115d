package io.batchengine.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.model.Text;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.testkit.invariant.Invariant;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {
    private static final long SEEDS = 100;

    private final Set<String> processes = ConcurrentHashMap.newKeySet();

    @AfterEach
    void clearProperty() {
        System.clearProperty(Simulation.SEED_PROPERTY);
    }

    /** A store that forgets the result of the last file that it is asked for. */
    private static BatchStore forgetful(BatchStore sound) {
        return (BatchStore) Proxy.newProxyInstance(
                SimulationTest.class.getClassLoader(),
                new Class<?>[] {BatchStore.class},
                (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(sound, arguments);
                        return method.getName().equals("files") && answer instanceof List<?> files && !files.isEmpty()
                                ? files.subList(0, files.size() - 1)
                                : answer;
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private static Simulation ofForgetful() {
        return Simulation.ofEngines().store(machine -> forgetful(new InMemoryBatchStore(machine::nanos)));
    }

    @Test
    void a_clean_report_has_its_numbers_and_exercises_what_it_checks() {
        SimulationReport report = Simulation.ofEngines().run(0, SEEDS);
        assertThat(report.assertClean()).isSameAs(report);
        assertThat(report.runs()).isEqualTo(SEEDS);
        assertThat(report.failures()).isEmpty();
        assertThat(report.faults()).isGreaterThan(SEEDS);
        assertThat(report.simulated()).isGreaterThan(Duration.ofMinutes(SEEDS / 10));
        assertThat(report.exercised().entrySet())
                .filteredOn(entry -> entry.getValue() == 0)
                .extracting(Map.Entry::getKey)
                .isSubsetOf(Invariant.EPOCHS, Invariant.SHARES, Invariant.OWN_CHECK); // late writes and crowds are rare
        assertThat(report.exercised().get(Invariant.DETERMINISM)).isOne();
        assertThat(report.exercised().get(Invariant.LIVENESS)).isEqualTo(SEEDS);
    }

    @Test
    void the_summary_is_one_line_of_a_fixed_form() {
        SimulationReport report = new SimulationReport(
                12_345, List.of(), 2, Map.of(), 678, Duration.ofDays(2).plusSeconds(3_661), Duration.ofMillis(9_876));
        assertThat(report.summary())
                .isEqualTo("seeds: 12345, violations: 2, faults injected: 678, simulated time: 2d 01:01:01,"
                        + " runs/s: 1250");
    }

    @Test
    void the_table_has_a_line_for_each_invariant_with_its_number() {
        Map<Invariant, Long> exercised = Map.of(Invariant.ONE_RESULT, 1_234_567L);
        SimulationReport report =
                new SimulationReport(1, List.of(), 0, exercised, 0, Duration.ZERO, Duration.ofSeconds(1));
        assertThat(report.table().lines())
                .hasSize(Invariant.values().length - 1)
                .contains("I1           1234567  " + Invariant.ONE_RESULT.rule())
                .contains("I17                0  " + Invariant.DETERMINISM.rule())
                .noneMatch(line -> line.startsWith(Invariant.OWN_CHECK.id()));
    }

    @Test
    void a_broken_store_is_told_with_seed_invariant_smallest_plan_and_trace() {
        SimulationReport report = ofForgetful().engines(2).run(0, 10);
        assertThat(report.violations()).isGreaterThan(3);
        assertThat(report.failures()).hasSize(Math.toIntExact(Math.min(5, report.violations())));
        SimulationReport.Failure failure = report.failures().stream()
                .filter(one -> one.invariant() == Invariant.ONE_RESULT)
                .findFirst()
                .orElseThrow();
        assertThat(failure.message()).contains("are not those that were recorded");
        assertThat(failure.plan())
                .containsOnlyOnce("Create[")
                .containsOnlyOnce("EngineSpec[")
                .contains("files=1");
        assertThat(failure.toString().lines().toList())
                .first()
                .isEqualTo(
                        Text.format("%s: I1 (%s): %s", failure.name(), Invariant.ONE_RESULT.rule(), failure.message()));
        assertThat(failure.toString().lines().toList())
                .contains("again by: -Dbatchengine.simulation." + failure.name().replace(' ', '='))
                .contains("smallest plan: " + failure.plan())
                .containsAll(failure.trace().lines().toList());
        assertThat(failure.trace().lines())
                .allMatch(line -> line.matches("\\d+\\.\\d{3} (engine-\\d+\\.\\d+|world) .+"));
        assertThatThrownBy(report::assertClean)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(report.violations() + " of 10 runs fail; the first:")
                .hasMessageContaining(report.failures().get(0).trace());
    }

    @Test
    void a_failure_is_found_again_by_its_seed_alone() {
        SimulationReport.Failure failure = ofForgetful().run(0, 10).failures().get(0);
        System.setProperty(Simulation.SEED_PROPERTY, failure.name().substring("seed ".length()));
        SimulationReport again = ofForgetful().run(500, 1_000);
        assertThat(again.runs()).isOne();
        assertThat(again.failures()).containsExactly(failure);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 4_611_686_018_427_387_904L, Long.MAX_VALUE})
    void any_64_bit_number_is_a_seed(long seed) {
        System.setProperty(Simulation.SEED_PROPERTY, Long.toString(seed));
        SimulationReport report = Simulation.ofEngines().check(this::fail).run(0, 5);
        assertThat(report.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.name()).isEqualTo("seed " + seed);
            assertThat(failure.command()).isEqualTo("-Dbatchengine.simulation.seed=" + seed);
        });
    }

    private void fail(FinishedRun run) {
        throw new IllegalStateException("the check fails");
    }

    @Test
    void a_seed_that_is_no_number_is_refused() {
        System.setProperty(Simulation.SEED_PROPERTY, "0x\u001b1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Simulation.ofEngines().run(0, 1))
                .withMessage("batchengine.simulation.seed is \"0x\\u001b1\": a number is needed");
    }

    @Test
    void a_task_that_throws_is_a_failure_of_its_run_and_of_no_other() {
        SimulationReport report = Simulation.ofEngines()
                .engine((process, builder) -> process.timer()
                        .schedule(
                                () -> {
                                    throw new IllegalStateException("nobody guards this");
                                },
                                Duration.ofMillis(1)))
                .run(0, 3);
        assertThat(report.violations()).isEqualTo(3);
        assertThat(report.failures()).allSatisfy(failure -> {
            assertThat(failure.invariant()).isEqualTo(Invariant.NO_DEFECT);
            assertThat(failure.message()).contains("nobody guards this", "SimulationTest.java");
        });
    }

    @Test
    void a_failing_check_is_a_failure_of_its_run() {
        SimulationReport report = Simulation.ofEngines().check(this::fail).run(0, 3);
        assertThat(report.runs()).isEqualTo(3);
        assertThat(report.violations()).isEqualTo(3);
        assertThat(report.exercised().get(Invariant.OWN_CHECK)).isEqualTo(3);
        assertThat(report.table()).contains(Invariant.OWN_CHECK.rule());
    }

    @Test
    void the_jobs_that_have_succeeded_are_those_of_the_batches() {
        Simulation.ofEngines()
                .check(run -> assertThat(run.succeededJobs())
                        .doesNotHaveDuplicates()
                        .allMatch(job -> job.startsWith(SimulatedJobs.PREFIX))
                        .hasSize(Math.toIntExact(run.batches().stream()
                                .mapToLong(batch -> batch.state().counts().succeeded())
                                .sum())))
                .run(0, 50)
                .assertClean();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void as_many_engines_run_as_were_asked_for(int engines) {
        Simulation.ofEngines()
                .engines(engines)
                .engine((process, builder) -> processes.add(process.toString()))
                .run(0, 20)
                .assertClean();
        assertThat(processes.stream().map(name -> name.replaceAll("\\..*", "")).collect(Collectors.toSet()))
                .hasSize(engines);
    }

    @Test
    void several_threads_find_the_same() {
        SimulationReport one = ofForgetful().run(0, 4);
        SimulationReport two = ofForgetful().threads(2).run(0, 4);
        assertThat(two.failures()).containsExactlyInAnyOrderElementsOf(one.failures());
        SimulationReport alone = Simulation.ofEngines().run(-50, SEEDS);
        SimulationReport together =
                Simulation.ofEngines().threads(2).run(-50, SEEDS).assertClean();
        assertThat(together.runs()).isEqualTo(alone.runs());
        assertThat(together.exercised()).isEqualTo(alone.exercised());
        assertThat(together.faults()).isEqualTo(alone.faults());
        assertThat(together.simulated()).isEqualTo(alone.simulated());
    }

    @Test
    void what_an_author_gives_breaks_off_all_runs_where_it_can_not_be_built() {
        Simulation unbuildable = Simulation.ofEngines().engine((process, builder) -> builder.pageSize(5));
        assertThatThrownBy(() -> unbuildable.run(0, 3)).hasMessageContaining("pageSize");
        assertThatThrownBy(() -> unbuildable.threads(2).run(0, 3))
                .isInstanceOf(IllegalStateException.class)
                .cause()
                .hasMessageContaining("pageSize");
    }

    @Test
    void bad_arguments_are_refused() {
        Simulation simulation = Simulation.ofEngines();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulation.engines(-1))
                .withMessage("-1 engines: at least 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulation.threads(0))
                .withMessage("0 threads: at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulation.run(0, -1))
                .withMessage("-1 seeds: at least 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulation.sweep(3))
                .withMessage("3 faults: 1 or 2");
    }

    @Test
    void no_seeds_are_no_runs() {
        SimulationReport report = Simulation.ofEngines().run(7, 0).assertClean();
        assertThat(report.runs()).isZero();
        assertThat(report.exercised().keySet()).isSubsetOf(EnumSet.allOf(Invariant.class));
        assertThat(report.table().lines()).hasSize(Invariant.values().length - 1);
    }
}
