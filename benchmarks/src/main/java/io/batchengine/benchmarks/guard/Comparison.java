package io.batchengine.benchmarks.guard;

import io.batchengine.benchmarks.guard.GuardTable.Recorded;
import io.batchengine.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Compares measured values with recorded ones. */
final class Comparison {
    /** A value that is better by more than this is to be recorded, or the next regression hides in what was gained. */
    private static final double MUCH_PERCENT = 10;

    private Comparison() {}

    /** A line for each value that is worse, much better, not recorded or not measured; none where all is well. */
    static List<String> findings(GuardTable recorded, Map<String, Double> measured) {
        List<String> findings = new ArrayList<>();
        Map<String, Double> unknown = new TreeMap<>(measured);
        for (Recorded row : recorded.rows()) {
            unknown.remove(row.name());
            Double value = measured.get(row.name());
            String finding = value == null ? row.name() + ": recorded, but not measured any more" : finding(row, value);
            if (!finding.isEmpty()) {
                findings.add(finding);
            }
        }
        unknown.forEach((name, value) ->
                findings.add(Text.format("%s: measured %s, not recorded", name, GuardTable.number(value))));
        return findings;
    }

    private static String finding(Recorded row, double value) {
        double worst = row.value() * (1 + row.tolerancePercent() / 100);
        double best = row.value() * (1 - Math.max(row.tolerancePercent(), MUCH_PERCENT) / 100);
        double rounding = 0.05; // of what is written
        if (value > worst + rounding) {
            return told("WORSE", row, value);
        }
        return value < best - rounding ? told("much better, record it", row, value) : "";
    }

    private static String told(String what, Recorded row, double value) {
        String change =
                row.value() == 0 ? "" : String.format(Locale.ROOT, " (%+.1f %%)", (value / row.value() - 1) * 100);
        return Text.format(
                "%s: %s: %s where %s is recorded%s",
                row.name(), what, GuardTable.number(value), GuardTable.number(row.value()), change);
    }
}
