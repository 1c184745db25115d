package io.batchengine.testkit.simulation;

import io.batchengine.BatchEngineBuilder;
import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.model.JobType;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.testkit.machine.SimulatedMachine;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What engines are made of in a simulation.
 *
 * @param jobs makes the job factory of each engine
 * @param ownJobs whether those are the author's own, of which nothing is known
 * @param type the type of all batches
 * @param configuration the configuration of all batches
 * @param store makes the store of a run, which all of its engines share
 * @param builder is given each engine before it is built
 * @param check looks at what came of a run in which all invariants have held
 */
record Setting(
        JobsOfProcess jobs,
        boolean ownJobs,
        JobType type,
        String configuration,
        Function<SimulatedMachine, BatchStore> store,
        BiConsumer<SimulatedProcess, BatchEngineBuilder> builder,
        Consumer<FinishedRun> check) {
    static final Function<SimulatedMachine, BatchStore> IN_MEMORY = machine -> new InMemoryBatchStore(machine::nanos);
    static final BiConsumer<SimulatedProcess, BatchEngineBuilder> AS_IT_IS = (process, builder) -> {};
    static final Consumer<FinishedRun> NO_CHECK = run -> {};

    /** Makes a job factory. */
    @FunctionalInterface
    interface JobsOfProcess {
        JobFactory of(Plan plan, SimulatedProcess process, Calm calm);
    }

    /** Whether there is a check of the author's own. */
    boolean hasCheck() {
        return check != NO_CHECK;
    }

    /** Whether the program runs the same engines: nothing here is the author's own. */
    boolean isOfProgram() {
        return !ownJobs && store == IN_MEMORY && builder == AS_IT_IS && !hasCheck();
    }
}
