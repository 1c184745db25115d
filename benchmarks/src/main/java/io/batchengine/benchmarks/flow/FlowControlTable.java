package io.batchengine.benchmarks.flow;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Measures what flow control promises and prints a table of it; ends with exit code 1 where a bound is missed. Takes about two minutes.
 */
public final class FlowControlTable {
    private static final List<Supplier<Measurement>> MEASUREMENTS = List.of(
            () -> SmallBesideLarge.real(Duration.ZERO),
            () -> SmallBesideLarge.real(Duration.ofMillis(10)),
            QuietBesideFlood::simulated,
            WeightedShares::simulated,
            WeightedShares::real,
            KeptRate::simulated,
            KeptRate::real,
            () -> HiddenLimit.simulated(Duration.ZERO),
            () -> HiddenLimit.simulated(Duration.ofMillis(20)),
            () -> HiddenLimit.simulated(Duration.ofMillis(100)),
            () -> HiddenLimit.simulated(Duration.ofSeconds(1)));

    private FlowControlTable() {}

    /**
     * Measures.
     *
     * @param args none
     */
    public static void main(String[] args) {
        System.out.println("| what | measured | asked for | |");
        System.out.println("|---|---|---|---|");
        boolean all = true;
        for (Supplier<Measurement> one : MEASUREMENTS) {
            Measurement measurement = one.get();
            System.out.println(measurement.line());
            all &= measurement.met();
        }
        System.exit(all ? 0 : 1);
    }
}
