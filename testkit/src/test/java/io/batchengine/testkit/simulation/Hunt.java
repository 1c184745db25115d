package io.batchengine.testkit.simulation;

import io.batchengine.testkit.invariant.Findings;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** Looks for the first seed that finds something. Loaded again with each planted bug, and so called by its name. */
public final class Hunt {
    private Hunt() {}

    /**
     * Runs seeds until one fails.
     *
     * @param from the first of them
     * @param most how many
     * @return the invariant and the number of seeds, as {@code "I1 17"}, or an empty string where none fails
     */
    public static String first(long from, long most) {
        for (long seed = from; seed < from + most; seed++) {
            Setting setting = Simulation.ofEngines().setting();
            Optional<Findings.Violation> violation =
                    Seeds.run(PlanDrawer.draw(seed, 0), setting, seed % 10 == 0).firstViolation();
            if (violation.isPresent()) {
                return violation.get().invariant().id() + " " + (seed + 1);
            }
        }
        return "";
    }

    /**
     * As {@link #first}, with stores that are set back or refuse content in each run.
     *
     * @param most how many
     * @return as there
     */
    public static String firstOfTroubledStores(long most) {
        return first(most, seed -> List.of(TroubledStores.setBack(seed), TroubledStores.refusing(seed)));
    }

    /**
     * As {@link #first}, with stores whose answers make no progress in each run.
     *
     * @param most how many
     * @return as there
     */
    public static String firstOfStallingStores(long most) {
        return first(most, seed -> List.of(TroubledStores.stalling(seed)));
    }

    private static String first(long most, LongFunction<List<Plan>> plans) {
        Setting setting = Simulation.ofEngines().setting();
        for (long seed = 0; seed < most; seed++) {
            for (Plan plan : plans.apply(seed)) {
                Optional<Findings.Violation> violation = Run.of(plan, setting).firstViolation();
                if (violation.isPresent()) {
                    return violation.get().invariant().id() + " " + (seed + 1);
                }
            }
        }
        return "";
    }
}
