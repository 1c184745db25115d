package io.batchengine.testkit.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.BatchListener;
import io.batchengine.testkit.machine.SimulatedMachine;
import io.batchengine.testkit.simulation.Simulation;
import io.batchengine.testkit.simulation.SimulationReport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store and a listener of a user under simulation. */
class OwnPartsTest {
    /** Where the listeners of all engines write down which batches have ended. */
    private static final class EndsHeard {
        final List<String> batches = new ArrayList<>();

        static EndsHeard on(SimulatedMachine machine) {
            return machine.outside(EndsHeard.class, EndsHeard::new);
        }

        BatchListener listener() {
            return new BatchListener() {
                @Override
                public void statusChanged(BatchEvent.StatusChanged event) {
                    if (event.status().isTerminal()) {
                        batches.add(event.batch().batchId());
                    }
                }
            };
        }
    }

    @Test
    void an_own_listener_hears_of_no_end_twice_with_an_own_store() {
        SimulationReport report =
                // DOC:begin own
                Simulation.ofEngines()
                        .store(machine -> new InMemoryBatchStore(machine::nanos)) // yours here
                        .engine((process, builder) ->
                                builder.listener(EndsHeard.on(process.machine()).listener()))
                        .check(run ->
                                assertThat(EndsHeard.on(run.machine()).batches).doesNotHaveDuplicates())
                        .run(0, 200)
                        .assertClean();
        // DOC:end own
        assertThat(report.runs()).isEqualTo(200);
    }

    @Test
    void an_own_listener_hears_of_each_end_where_nothing_goes_wrong() {
        SimulationReport report = Simulation.ofEngines()
                .engine((process, builder) ->
                        builder.listener(EndsHeard.on(process.machine()).listener()))
                .check(run -> assertThat(EndsHeard.on(run.machine()).batches).isEmpty())
                .run(0, 3);
        assertThat(report.violations()).as("runs in which an end was heard of").isEqualTo(3);
    }
}
