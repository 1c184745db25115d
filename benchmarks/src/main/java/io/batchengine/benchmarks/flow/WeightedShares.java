package io.batchengine.benchmarks.flow;

import io.batchengine.BatchEngine;
import io.batchengine.limits.Limits;
import io.batchengine.limits.ProjectLimits;
import io.batchengine.model.Text;
import io.batchengine.spi.JobContext;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Three projects with weights of 8, 4 and 1, each with more to do than there is time. */
final class WeightedShares {
    private static final int[] WEIGHTS = {8, 4, 1};
    private static final int FILES = 1_000_000;
    private static final double BOUND = 0.05;

    private final Map<String, AtomicLong> starts = new TreeMap<>();
    private Limits limits = Limits.DEFAULT;

    private WeightedShares() {
        for (int weight : WEIGHTS) {
            starts.put(project(weight), new AtomicLong());
            limits = limits.withProject(project(weight), ProjectLimits.NONE.withWeight(weight));
        }
    }

    static Measurement simulated() {
        var shares = new WeightedShares();
        try (var simulated = new SimulatedEngine(shares.limits.withMaxInFlight(26), (on, job) -> {
            shares.started(job);
            return on.afterAbout(Duration.ofMillis(10));
        })) {
            shares.starts.keySet().forEach(project -> simulated.create(Duration.ZERO, project, FILES));
            simulated.runFor(Duration.ofSeconds(30));
        }
        return shares.measurement("weights 8:4:1, jobs of 10 ms, 26 in flight, 30 s of simulated time");
    }

    static Measurement real() {
        var shares = new WeightedShares();
        try (BatchEngine engine = RealEngine.of(4, shares.limits, job -> {
            shares.started(job);
            LockSupport.parkNanos(1_000_000);
        })) {
            shares.starts.keySet().forEach(project -> RealEngine.create(engine, project, FILES));
            LockSupport.parkNanos(Duration.ofSeconds(10).toNanos());
            return shares.measurement("weights 8:4:1, jobs of 1 ms, 4 threads, 10 s");
        }
    }

    private void started(JobContext job) {
        AtomicLong count = starts.get(job.scope().projectId());
        if (count != null) {
            count.incrementAndGet();
        }
    }

    private Measurement measurement(String what) {
        double all = starts.values().stream().mapToLong(AtomicLong::get).sum();
        double weights = 0;
        for (int weight : WEIGHTS) {
            weights += weight;
        }
        double worst = 0;
        StringBuilder told = new StringBuilder();
        for (int weight : WEIGHTS) {
            AtomicLong count = starts.get(project(weight));
            double share = count == null ? 0 : count.get() / all * weights;
            worst = Math.max(worst, Math.abs(share / weight - 1));
            told.append(told.isEmpty() ? "" : ":").append(Text.format("%.2f", share));
        }
        return new Measurement(
                what, Text.format("%s, off by %.1f %%", told, worst * 100), "shares within 5 %", worst <= BOUND);
    }

    private static String project(int weight) {
        return "prj-" + weight;
    }
}
