package io.batchengine.benchmarks.flow;

import io.batchengine.BatchEngine;
import io.batchengine.limits.Limits;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** Ten files of 10 ms in one project, while another has a million. */
final class SmallBesideLarge {
    private static final Duration JOB = Duration.ofMillis(10);
    private static final int ROUNDS = 9;
    private static final String LARGE = "prj-large";

    private SmallBesideLarge() {}

    static Measurement real(Duration largeJob) {
        long[] alone = new long[ROUNDS];
        long[] beside = new long[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) { // the first one warms up
            long without = nanos(false, largeJob);
            long with = nanos(true, largeJob);
            if (round >= 0) {
                alone[round] = without;
                beside[round] = with;
            }
        }
        double bound = 2.0 * median(alone) + JOB.toNanos();
        return new Measurement(
                "10 files of 10 ms beside 1,000,000 files of %s, 2 threads, medians of 9"
                        .formatted(largeJob.isZero() ? "no work" : largeJob.toMillis() + " ms"),
                "%.0f ms, %.0f ms alone".formatted(median(beside) / 1e6, median(alone) / 1e6),
                "2x alone and a job: %.0f ms".formatted(bound / 1e6),
                median(beside) <= bound);
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

    private static double median(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
