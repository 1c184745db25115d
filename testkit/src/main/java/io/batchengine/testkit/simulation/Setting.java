package io.batchengine.testkit.simulation;

import io.batchengine.BatchEngineBuilder;
import io.batchengine.model.JobType;
import io.batchengine.spi.BatchStore;
import io.batchengine.spi.JobFactory;
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
 * @param check looks at the store after a run in which all invariants have held
 */
record Setting(
        JobsOfProcess jobs,
        boolean ownJobs,
        JobType type,
        String configuration,
        Function<SimulatedMachine, BatchStore> store,
        BiConsumer<SimulatedProcess, BatchEngineBuilder> builder,
        Consumer<BatchStore> check) {
    /** Makes a job factory. */
    @FunctionalInterface
    interface JobsOfProcess {
        JobFactory of(Plan plan, SimulatedProcess process, Calm calm);
    }
}
