package io.batchengine.benchmarks.flow;

import io.batchengine.limits.Limits;
import io.batchengine.model.Text;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A thousand projects; each but one comes with three files now and then, and that one has a million. */
final class QuietBesideFlood {
    private static final int PROJECTS = 1_000;
    private static final Duration PERIOD = Duration.ofSeconds(4);
    private static final int PERIODS = 5;
    private static final int FILES = 3;
    private static final String FLOODING = "prj-flooding";

    private final List<Long> waits = new ArrayList<>();

    private QuietBesideFlood() {}

    static Measurement simulated() {
        long alone = p99(false);
        long beside = p99(true);
        double ratio = beside / (double) alone;
        return new Measurement(
                "1,000 projects, one flooding: p99 wait of the quiet ones from creation to first start, 20 s of simulated time",
                Text.format("%.1f ms, %.1f ms without the flood, ratio %.2f", beside / 1e6, alone / 1e6, ratio),
                "within 2x",
                ratio <= 2);
    }

    private static long p99(boolean flood) {
        var run = new QuietBesideFlood();
        Set<String> begun = new HashSet<>();
        try (var simulated = new SimulatedEngine(Limits.DEFAULT.withMaxInFlight(16), (on, job) -> {
            if (!job.scope().projectId().equals(FLOODING) && begun.add(job.batchId())) {
                Instant created =
                        on.engine.batches(job.scope()).get(job.batchId()).createdAt();
                Duration at = Duration.between(SimulatedProcess.EPOCH, created);
                run.waits.add(on.now().minus(at).toNanos());
            }
            return on.afterAbout(Duration.ofMillis(10));
        })) {
            if (flood) {
                simulated.create(Duration.ZERO, FLOODING, 1_000_000);
            }
            for (int i = 1; i < PROJECTS; i++) {
                for (int period = 0; period < PERIODS; period++) {
                    Duration at = PERIOD.multipliedBy(period).plusNanos(simulated.random.nextLong(PERIOD.toNanos()));
                    simulated.create(at, "prj-" + i, FILES);
                }
            }
            simulated.runFor(PERIOD.multipliedBy(PERIODS).plusSeconds(2));
        }
        Collections.sort(run.waits);
        if (run.waits.size() != (PROJECTS - 1) * PERIODS) {
            throw new IllegalStateException(Text.format("%d batches have begun", run.waits.size()));
        }
        return run.waits.get(run.waits.size() * 99 / 100);
    }
}
