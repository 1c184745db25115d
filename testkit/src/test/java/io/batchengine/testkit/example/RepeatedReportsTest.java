package io.batchengine.testkit.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.bundled.JobFactories;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Outcome;
import io.batchengine.testkit.invariant.Invariant;
import io.batchengine.testkit.machine.SimulatedProcess;
import io.batchengine.testkit.simulation.Simulation;
import io.batchengine.testkit.simulation.SimulationReport;
import org.junit.jupiter.api.Test;

/** A factory whose jobs have an effect again when they run again: a crash between the effect and its record makes two of one. */
class RepeatedReportsTest {
    private static final int SEEDS = 150;

    private static final Simulation SIMULATION = Simulation.of(ReportJobs.TYPE, "cfg-any", RepeatedReportsTest::jobs)
            .check(run -> assertThat(SimulatedReports.on(run.machine()).ids).doesNotHaveDuplicates());

    private static JobFactory jobs(SimulatedProcess process) {
        return JobFactories.blocking(ReportJobs.TYPE.toString(), "rep-", job -> {
            SimulatedReports.calledBy(process)
                    .append(job.jobId(), "report on " + job.file().name());
            return Outcome.succeeded();
        });
    }

    @Test
    void it_is_found_and_told_with_seed_and_check_and_the_way_to_run_it_again() {
        SimulationReport report = SIMULATION.run(0, SEEDS);
        assertThat(report.violations()).isPositive();
        assertThat(report.failures()).allSatisfy(failure -> {
            assertThat(failure.invariant()).isEqualTo(Invariant.OWN_CHECK);
            assertThat(failure.message()).contains("Found duplicate(s)", "RepeatedReportsTest.java");
            assertThat(failure.command())
                    .isEqualTo("-Dbatchengine.simulation." + failure.name().replace(' ', '='));
            assertThat(failure.trace()).contains("start file 0 of bat-");
        });
        assertThat(report.runs()).isEqualTo(SEEDS);
        assertThatThrownBy(report::assertClean)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(report.failures().get(0).toString());
    }

    @Test
    void the_smallest_run_is_the_one_batch_that_is_run_again() {
        SimulationReport.Failure failure = SIMULATION.run(0, SEEDS).failures().get(0);
        assertThat(failure.plan()).containsOnlyOnce("EngineSpec[").containsOnlyOnce("Create[");
        assertThat(failure.trace().lines().filter(line -> line.contains(" start file ")))
                .hasSizeGreaterThan(1);
    }
}
