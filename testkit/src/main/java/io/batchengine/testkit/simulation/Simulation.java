package io.batchengine.testkit.simulation;

import io.batchengine.BatchEngineBuilder;
import io.batchengine.model.JobType;
import io.batchengine.model.Text;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.testkit.machine.SimulatedMachine;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apiguardian.api.API;

/**
 * Runs engines as they are, many times, on a {@link SimulatedMachine}: each run draws from its seed a workload, what users do meanwhile, and what
 * goes wrong, from crashes at any call of the store to clocks that jump; after it, all of {@link io.batchengine.testkit.invariant.Invariant} is
 * checked. Thousands of runs take seconds, since time is simulated too.
 *
 * <pre>{@code
 * Simulation.of(JobType.of("report_v1"), "cfg-monthly", process -> new ReportJobs(process.clock()))
 *         .run(0, 1_000)
 *         .assertClean();
 * }</pre>
 *
 * <p>What an author gives must be deterministic: time comes from the {@link SimulatedProcess}, threads are its executor's, and state that
 * outlives a process is kept {@linkplain SimulatedMachine#outside outside} of the job factory. A seed that fails is run again with
 * {@code -Dbatchengine.simulation.seed=<seed>}.
 *
 * <p>Immutable. {@link #run} may be called by several threads if what the author gives allows it.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Simulation {
    /** The system property that {@link #run} reads: the one seed to run. */
    static final String SEED_PROPERTY = "batchengine.simulation.seed";

    private final Setting setting;
    private final int engines;
    private final int threads;

    private Simulation(Setting setting, int engines, int threads) {
        this.setting = setting;
        this.engines = engines;
        this.threads = threads;
    }

    /**
     * With jobs that succeed, fail, hang, end twice and so on, each as its file's name decides: a test of the engine, and of a store.
     *
     * @return the simulation
     */
    public static Simulation ofEngines() {
        return new Simulation(
                setting(
                        SimulatedJobs.TYPE,
                        SimulatedJobs.CONFIGURATION,
                        false,
                        (plan, process, calm) -> new SimulatedJobs(plan, process, calm)),
                0,
                1);
    }

    /**
     * With the jobs of a factory of the author's own. They may take simulated time, by {@link SimulatedProcess#sleep} or by its timer.
     *
     * @param type the type of all batches; served by the factory
     * @param configurationId the configuration of all batches; known to the factory
     * @param jobs makes the factory of each engine; called when its process starts
     * @return the simulation
     */
    public static Simulation of(
            JobType type, String configurationId, Function<SimulatedProcess, ? extends JobFactory> jobs) {
        return new Simulation(setting(type, configurationId, true, (plan, process, calm) -> jobs.apply(process)), 0, 1);
    }

    private static Setting setting(JobType type, String configuration, boolean own, Setting.JobsOfProcess jobs) {
        return new Setting(jobs, own, type, configuration, Setting.IN_MEMORY, Setting.AS_IT_IS, Setting.NO_CHECK);
    }

    /**
     * With a store of the author's own.
     *
     * @param store makes the empty store of each run, which all its engines share; its leases run by the machine's clock
     * @return the simulation
     */
    public Simulation store(Function<SimulatedMachine, ? extends BatchStore> store) {
        return with(new Setting(
                setting.jobs(),
                setting.ownJobs(),
                setting.type(),
                setting.configuration(),
                store::apply,
                setting.builder(),
                setting.check()));
    }

    /**
     * With engines that are built differently: with a listener of the author's own, or without a limit.
     *
     * @param change called with each engine's process and its builder, on which all is set but what this adds
     * @return the simulation
     */
    public Simulation engine(BiConsumer<SimulatedProcess, BatchEngineBuilder> change) {
        return with(new Setting(
                setting.jobs(),
                setting.ownJobs(),
                setting.type(),
                setting.configuration(),
                setting.store(),
                change,
                setting.check()));
    }

    /**
     * With a further check at the end of each run, when all batches have ended.
     *
     * @param check is given the run; throws what it finds, an {@link AssertionError} as well as any other, which is then a violation of
     *     {@link io.batchengine.testkit.invariant.Invariant#OWN_CHECK}
     * @return the simulation
     */
    public Simulation check(Consumer<FinishedRun> check) {
        return with(new Setting(
                setting.jobs(),
                setting.ownJobs(),
                setting.type(),
                setting.configuration(),
                setting.store(),
                setting.builder(),
                check));
    }

    /**
     * With so many engines at a time.
     *
     * @param count 1 or more; 0 draws 1 to 3 from the seed
     * @return the simulation
     */
    public Simulation engines(int count) {
        return new Simulation(setting, requireAtLeast("engines", count, 0), threads);
    }

    /**
     * With runs on several threads, each run on one.
     *
     * @param count how many
     * @return the simulation
     */
    public Simulation threads(int count) {
        return new Simulation(setting, engines, requireAtLeast("threads", count, 1));
    }

    private static <N extends Number> N requireAtLeast(String what, N count, int least) {
        if (count.longValue() < least) {
            throw new IllegalArgumentException(Text.format("%s %s: at least %d", count, what, least));
        }
        return count;
    }

    private static long seed(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    Text.format("%s is %s: a number is needed", SEED_PROPERTY, Text.quote(text)), notANumber);
        }
    }

    Setting setting() {
        return setting;
    }

    private Simulation with(Setting changed) {
        return new Simulation(changed, engines, threads);
    }

    /**
     * Runs seeds. Where {@code batchengine.simulation.seed} is set as a system property, only that one.
     *
     * @param from the first seed, any number
     * @param count how many, one after the other
     * @return what was found
     */
    public SimulationReport run(long from, long count) {
        requireAtLeast("seeds", count, 0);
        String only = System.getProperty(SEED_PROPERTY);
        return only == null
                ? new Seeds(setting, engines, threads).run(from, count)
                : new Seeds(setting, engines, 1).run(seed(only), 1);
    }

    /**
     * Runs a few workloads with one fault at the first call of the store, then with one at the second, and so on until a run comes to its end
     * without meeting it: each kind of fault, once and for ever.
     *
     * @param faults how many faults a run has: 1, or 2 for all pairs of calls close together, which takes long
     * @return what was found; its seeds are runs
     */
    public SimulationReport sweep(int faults) {
        return new Sweep(setting, threads).run(faults);
    }
}
