package io.batchengine.benchmarks.flow;

import io.batchengine.BatchEngine;
import io.batchengine.benchmarks.process.Medians;
import io.batchengine.limits.Limits;
import io.batchengine.model.Text;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Ten files of 10 ms in one project, while another has a million. */
public final class SmallBesideLarge {
    private static final Duration JOB = Duration.ofMillis(10);
    private static final int ROUNDS = 9;
    private static final String LARGE = "prj-large";

    private SmallBesideLarge() {}

    /**
     * How long the ten took, medians of rounds in turn.
     *
     * @param aloneNanos with nothing else
     * @param besideNanos beside the million
     */
    public record Times(double aloneNanos, double besideNanos) {
        /**
         * How long they may take beside the million.
         *
         * @return twice as long as alone, and a job, in nanoseconds
         */
        public double boundNanos() {
            return 2.0 * aloneNanos + JOB.toNanos();
        }
    }

    /**
     * Measures both in turn, after a round that warms up.
     *
     * @param largeJob how long a job of the million takes
     * @param rounds that are measured
     * @return the medians
     */
    public static Times measure(Duration largeJob, int rounds) {
        double[] alone = new double[rounds];
        double[] beside = new double[rounds];
        for (int round = -1; round < rounds; round++) {
            long without = nanos(false, largeJob);
            long with = nanos(true, largeJob);
            if (round >= 0) {
                alone[round] = without;
                beside[round] = with;
            }
        }
        return new Times(Medians.median(alone), Medians.median(beside));
    }

    static Measurement real(Duration largeJob) {
        Times times = measure(largeJob, ROUNDS);
        return new Measurement(
                Text.format(
                        "10 files of 10 ms beside 1,000,000 files of %s, 2 threads, medians of 9",
                        largeJob.isZero() ? "no work" : largeJob.toMillis() + " ms"),
                Text.format("%.0f ms, %.0f ms alone", times.besideNanos() / 1e6, times.aloneNanos() / 1e6),
                Text.format("2x alone and a job: %.0f ms", times.boundNanos() / 1e6),
                times.besideNanos() <= times.boundNanos());
    }

    private static long nanos(boolean withLarge, Duration largeJob) {
        try (BatchEngine engine = RealEngine.of(
                2,
                Limits.DEFAULT,
                job -> LockSupport.parkNanos((job.scope().projectId().equals(LARGE) ? largeJob : JOB).toNanos()))) {
            String large = withLarge ? RealEngine.create(engine, LARGE, 1_000_000) : null;
            while (large != null
                    && engine.batches(LARGE).progress(large).counts().settled() == 0) {
                LockSupport.parkNanos(100_000);
            }
            long start = System.nanoTime();
            String small = RealEngine.create(engine, "prj-small", 10);
            var unused = engine.batches("prj-small").await(small, Duration.ofMinutes(1));
            long nanos = System.nanoTime() - start;
            if (large != null && !engine.batches(LARGE).get(large).status().isTerminal()) {
                var unusedCancel = engine.batches(LARGE).cancel(large);
            }
            return nanos;
        }
    }
}
