package io.batchengine.benchmarks.process;

import java.util.Arrays;

/** What many rounds come to. */
public final class Medians {
    private Medians() {}

    /**
     * The value in the middle, or between the two in the middle.
     *
     * @param values at least one, in any order; not changed
     * @return their median
     */
    public static double median(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("nothing has no median");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * The value below or at which a part of all lies.
     *
     * @param part above 0, up to 1
     * @param values at least one, in any order; not changed
     * @return the least such value
     */
    public static double percentile(double part, double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("nothing has no percentile");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(part * sorted.length) - 1];
    }
}
