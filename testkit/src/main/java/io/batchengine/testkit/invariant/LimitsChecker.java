package io.batchengine.testkit.invariant;

import io.batchengine.spi.JobContext;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** I9. */
final class LimitsChecker extends Checker {
    private final Map<SimulatedProcess, Integer> limits = new HashMap<>();
    private final Map<SimulatedProcess, Set<JobContext>> running = new HashMap<>();

    LimitsChecker(History history, Findings findings) {
        super(Invariant.LIMITS, history, findings);
    }

    void engine(SimulatedProcess process, int maxInFlight) {
        limits.put(process, maxInFlight);
        running.put(process, new HashSet<>());
    }

    @Override
    void started(BatchHistory batch, SimulatedProcess by, JobContext job) {
        Set<JobContext> jobs = running.getOrDefault(by, Set.of());
        int limit = limits.getOrDefault(by, Integer.MAX_VALUE);
        if (jobs.size() == limit - 1) {
            exercised();
        }
        require(jobs.size() < limit, "%s has %d jobs in flight where %d may be", by, jobs.size() + 1, limit);
        jobs.add(job);
    }

    @Override
    void ended(BatchHistory batch, SimulatedProcess by, JobContext job) {
        running.getOrDefault(by, Set.of()).remove(job);
    }
}
