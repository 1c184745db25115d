package io.batchengine.testkit.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.testkit.simulation.FinishedRun;
import io.batchengine.testkit.simulation.Simulation;
import org.junit.jupiter.api.Test;

// DOC:begin test
class ReportJobsTest {
    @Test
    void every_report_is_kept_exactly_once_whatever_goes_wrong() {
        Simulation.of(ReportJobs.TYPE, "cfg-any", process -> new ReportJobs(SimulatedReports.calledBy(process)))
                .check(ReportJobsTest::checkReports)
                .run(0, 300)
                .assertClean();
    }

    private static void checkReports(FinishedRun run) {
        assertThat(SimulatedReports.on(run.machine()).ids)
                .doesNotHaveDuplicates()
                .containsAll(run.succeededJobs());
    }
}
// DOC:end test
