package io.batchengine.testkit.example;

import io.batchengine.testkit.machine.SimulatedMachine;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

// DOC:begin service
/** The service as it is simulated: it stands outside of all processes, and outlives them. */
final class SimulatedReports {
    final List<String> ids = new ArrayList<>(); // of all reports that it keeps

    static SimulatedReports on(SimulatedMachine machine) {
        return machine.outside(SimulatedReports.class, SimulatedReports::new);
    }

    /** The service as one process calls it. */
    static ReportService calledBy(SimulatedProcess process) {
        SimulatedReports reports = on(process.machine());
        return new ReportService() {
            @Override
            public void put(String id, String report) throws InterruptedException {
                process.sleep(Duration.ofMillis(20)); // meanwhile others run, and this process may be killed
                reports.ids.remove(id);
                reports.ids.add(id);
                process.sleep(Duration.ofMillis(20)); // the answer is under way
            }

            @Override
            public void append(String id, String report) throws InterruptedException {
                process.sleep(Duration.ofMillis(20));
                reports.ids.add(id);
                process.sleep(Duration.ofMillis(20));
            }
        };
    }
}
// DOC:end service
