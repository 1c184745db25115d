package io.batchengine.benchmarks.targets;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What is asked for.
 *
 * @param name of the target
 * @param bound that is to be kept
 * @param least whether the bound is the least that will do, otherwise the most
 */
record Goal(String name, double bound, boolean least) {
    private static final int DECIMALS = 3;

    static Goal atLeast(double bound, String name) {
        return new Goal(name, bound, true);
    }

    static Goal atMost(double bound, String name) {
        return new Goal(name, bound, false);
    }

    /** The same, where the bound follows from what was measured. */
    Goal withBound(double other) {
        return new Goal(name, other, least);
    }

    /** Judges by numbers of three decimals, rounded to our disadvantage, so that who reads them comes to the same. */
    TargetVerdict judge(double measured, String note) {
        if (Double.isNaN(measured)) {
            return failed(note);
        }
        RoundingMode harder = least ? RoundingMode.FLOOR : RoundingMode.CEILING;
        RoundingMode easier = least ? RoundingMode.CEILING : RoundingMode.FLOOR;
        double value = rounded(measured, harder);
        double limit = rounded(bound, easier);
        return new TargetVerdict(withBound(limit), value, least ? value >= limit : value <= limit, note);
    }

    /** What could not be measured is missed. */
    TargetVerdict failed(String message) {
        return new TargetVerdict(this, Double.NaN, false, message);
    }

    private static double rounded(double value, RoundingMode mode) {
        return BigDecimal.valueOf(value).setScale(DECIMALS, mode).doubleValue();
    }
}
