package io.batchengine.benchmarks.flow;

import io.batchengine.BatchEngine;
import io.batchengine.limits.Limits;
import io.batchengine.limits.ProjectLimits;
import io.batchengine.limits.Rate;
import io.batchengine.model.Text;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A project that may start 500 jobs in a second, and has more to do. */
final class KeptRate {
    private static final Rate RATE = Rate.perSecond(500);
    private static final Limits LIMITS = Limits.DEFAULT.withEachProject(ProjectLimits.NONE.withRate(RATE));
    private static final Duration TIME = Duration.ofSeconds(10);
    private static final int FILES = 100_000;
    private static final double BOUND = 0.02;

    private KeptRate() {}

    static Measurement simulated() {
        AtomicLong starts = new AtomicLong();
        AtomicLong firstNanos = new AtomicLong(-1);
        AtomicLong inTime = new AtomicLong();
        try (var simulated = new SimulatedEngine(LIMITS, (on, job) -> {
            long now = on.now().toNanos();
            firstNanos.compareAndSet(-1, now);
            starts.incrementAndGet();
            if (now - firstNanos.get() <= TIME.toNanos()) {
                inTime.incrementAndGet();
            }
            return on.afterAbout(Duration.ofMillis(2));
        })) {
            simulated.create(Duration.ZERO, "prj-rated", FILES);
            simulated.runFor(TIME.plusSeconds(1));
        }
        return measurement("a rate of 500/s, 10 s of simulated time", inTime.get());
    }

    static Measurement real() {
        AtomicLong firstNanos = new AtomicLong(Long.MIN_VALUE);
        AtomicLong inTime = new AtomicLong();
        try (BatchEngine engine = RealEngine.of(4, LIMITS, job -> {
            long now = System.nanoTime();
            firstNanos.compareAndSet(Long.MIN_VALUE, now);
            if (now - firstNanos.get() <= TIME.toNanos()) {
                inTime.incrementAndGet();
            }
        })) {
            RealEngine.create(engine, "prj-rated", FILES);
            LockSupport.parkNanos(TIME.plusSeconds(1).toNanos());
            return measurement("a rate of 500/s, 4 threads, 10 s", inTime.get());
        }
    }

    /** The burst is what the bucket holds at first. */
    private static Measurement measurement(String what, long starts) {
        double perSecond = (starts - RATE.burst()) / (double) TIME.toSeconds();
        double off = perSecond / RATE.perSecond() - 1;
        return new Measurement(
                what,
                Text.format("%.1f/s, off by %.2f %%", perSecond, off * 100),
                "within 2 %, burst aside",
                Math.abs(off) <= BOUND);
    }
}
