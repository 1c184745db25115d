package io.batchengine.testkit.simulation;

import io.batchengine.testkit.invariant.Invariant;
import java.util.stream.LongStream;

/** Runs seeds, one after the other on each thread; some of them twice. */
final class Seeds {
    /** Every hundredth seed is run again, and must give the same trace. */
    private static final int AGAIN = 100;

    private final Setting setting;
    private final int engines;
    private final int threads;

    Seeds(Setting setting, int engines, int threads) {
        this.setting = setting;
        this.engines = engines;
        this.threads = threads;
    }

    SimulationReport run(long from, long count) {
        Tally tally = new Tally(setting);
        InParallel.forEach(LongStream.range(0, count), threads, index -> run(from + index, tally));
        return tally.report();
    }

    private void run(long seed, Tally tally) {
        Run.Result result = run(PlanDrawer.draw(seed, engines), setting, seed % AGAIN == 0);
        tally.add(result, "seed " + seed, command(setting, engines, seed));
    }

    /** Runs a plan; twice where its trace is to be compared. */
    static Run.Result run(Plan plan, Setting setting, boolean twice) {
        Run.Result result = Run.of(plan, setting);
        if (twice && result.firstViolation().isEmpty()) {
            result.findings().exercised(Invariant.DETERMINISM);
            if (!Run.of(plan, setting).trace().equals(result.trace())) {
                result.findings().violated(Invariant.DETERMINISM, "the seed gives another trace when it is run again");
            }
        }
        return result;
    }

    /** What runs a seed again. */
    static String command(Setting setting, int engines, long seed) {
        return setting.isOfProgram()
                ? "java -jar testkit/target/batch-simulator.jar --seeds 1 --from " + seed
                        + (engines > 0 ? " --engines " + engines : "")
                : "-D" + Simulation.SEED_PROPERTY + "=" + seed;
    }
}
