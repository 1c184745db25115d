package io.batchengine.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.bundled.JobFactories;
import io.batchengine.model.JobType;
import io.batchengine.spi.Outcome;
import io.batchengine.testkit.invariant.Invariant;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeterminismTest {
    @Test
    void a_run_is_the_same_in_another_process() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dslf4j.internal.verbosity=ERROR",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Traces.class.getName())
                .redirectErrorStream(true)
                .start();
        String here = Traces.digest();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(said).isEqualTo("traces: " + here + System.lineSeparator());
    }

    @Test
    void other_seeds_are_other_runs() {
        String one =
                Run.of(PlanDrawer.draw(1, 0), SimulationSettings.ofEngines()).trace();
        assertThat(Run.of(PlanDrawer.draw(1, 0), SimulationSettings.ofEngines()).trace())
                .isEqualTo(one);
        assertThat(Run.of(PlanDrawer.draw(2, 0), SimulationSettings.ofEngines()).trace())
                .isNotEqualTo(one);
    }

    @Test
    void jobs_that_go_another_way_each_time_are_found() {
        AtomicInteger runs = new AtomicInteger(); // outlives runs, as it must not
        SimulationReport report = Simulation.of(
                        JobType.of("fickle_v1"),
                        "cfg-any",
                        process -> JobFactories.blocking("fickle_v1", "fic-", job -> {
                            process.sleep(Duration.ofMillis(runs.incrementAndGet()));
                            return Outcome.succeeded();
                        }))
                .run(100, 1);
        assertThat(report.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.invariant()).isEqualTo(Invariant.DETERMINISM);
            assertThat(failure.name()).isEqualTo("seed 100");
        });
        assertThat(report.exercised().get(Invariant.DETERMINISM)).isOne();
    }
}
