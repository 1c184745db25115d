package io.batchengine.benchmarks.targets;

import io.batchengine.model.Text;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/**
 * What came out.
 *
 * @param goal what was asked for
 * @param measured the figure; not a number where it could not be measured
 * @param met whether the bound is kept
 * @param note the figures behind it
 */
record TargetVerdict(Goal goal, double measured, boolean met, String note) {
    String line() {
        return Text.format(
                "%-20s %9s  %2s %-7s %-6s  %s",
                goal.name(), plain(measured), goal.least() ? ">=" : "<=", plain(goal.bound()), word(), note);
    }

    /** Name, measured, bound, met. */
    String csv() {
        return TargetsCsv.row(goal.name(), plain(measured), plain(goal.bound()), word());
    }

    private String word() {
        return met ? "met" : "missed";
    }

    private static String plain(double number) {
        return Double.isNaN(number)
                ? "NaN"
                : new DecimalFormat("0.###", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
    }
}
