package io.batchengine.testkit.simulation;

import java.util.function.Consumer;

/** What the simulator itself is tested with. */
final class SimulationSettings {
    private SimulationSettings() {}

    /** As {@link Simulation#ofEngines} has it. */
    static Setting ofEngines() {
        return withCheck(Setting.NO_CHECK);
    }

    static Setting withCheck(Consumer<FinishedRun> check) {
        return new Setting(
                (plan, process, calm) -> new SimulatedJobs(plan, process, calm),
                false,
                SimulatedJobs.TYPE,
                SimulatedJobs.CONFIGURATION,
                Setting.IN_MEMORY,
                Setting.AS_IT_IS,
                check);
    }
}
