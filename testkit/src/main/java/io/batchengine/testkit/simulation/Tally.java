package io.batchengine.testkit.simulation;

import io.batchengine.testkit.invariant.Findings;
import io.batchengine.testkit.invariant.Invariant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Adds up runs, of several threads, to a report. */
final class Tally {
    private static final int KEPT_FAILURES = 5;

    private final Setting setting;
    private final long begun = System.nanoTime();
    private final List<SimulationReport.Failure> failures = new ArrayList<>(); // guarded by this
    private final Map<Invariant, Long> exercised = new EnumMap<>(Invariant.class); // guarded by this
    private long runs; // guarded by this
    private long violations; // guarded by this
    private long faults; // guarded by this
    private Duration simulated = Duration.ZERO; // guarded by this

    Tally(Setting setting) {
        this.setting = setting;
    }

    /** Adds a run, and looks for a smaller one where it failed. */
    void add(Run.Result result, String name, String command) {
        boolean wanted;
        synchronized (this) {
            runs++;
            faults += result.struck();
            simulated = simulated.plusNanos(result.simulatedNanos());
            for (Invariant invariant : Invariant.values()) {
                exercised.merge(invariant, result.findings().timesExercised(invariant), Long::sum);
            }
            boolean failed = result.firstViolation().isPresent();
            violations += failed ? 1 : 0;
            wanted = failed && failures.size() < KEPT_FAILURES;
        }
        if (wanted) {
            Run.Result smallest = Shrinker.shrink(setting, result);
            Findings.Violation first = smallest.firstViolation().orElseThrow();
            SimulationReport.Failure failure = new SimulationReport.Failure(
                    name, first.invariant(), first.message(), smallest.plan().toString(), smallest.trace(), command);
            synchronized (this) {
                failures.add(failure);
            }
        }
    }

    synchronized SimulationReport report() {
        return new SimulationReport(
                runs,
                List.copyOf(failures),
                violations,
                Map.copyOf(exercised),
                faults,
                simulated,
                Duration.ofNanos(System.nanoTime() - begun));
    }
}
