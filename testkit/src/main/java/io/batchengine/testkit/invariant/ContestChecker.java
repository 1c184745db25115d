package io.batchengine.testkit.invariant;

import io.batchengine.limits.Limits;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * I9s. While the same batches of a project and type contest the slots of an engine, each gets of them in proportion to its weight, within what
 * follows from jobs that can't be cut in pieces: what one has had for its weight is ahead of what another has had for its own by no more than one
 * job of each in every slot. {@link SharesChecker} bounds how long one waits; this bounds what each gets, so that it notices another
 * proportion. A type of a project that was ever told "not now", and batches with a limit of their own, are left out.
 */
final class ContestChecker extends FlowChecker {
    /** A slot costs more than the job in it: tasks have latency, in seconds. */
    private static final double OVERHEAD = 0.2;
    /** Above one job in each slot: the longest job so far is not the longest to come. */
    private static final double SLACK = 1.25;

    /** Batches that all have files to start. */
    private static final class Contest {
        final Set<BatchHistory> who;
        final Limits limits;
        final long since;
        final Map<BatchHistory, Double> had = new LinkedHashMap<>();

        Contest(Set<BatchHistory> who, Limits limits, long since) {
            this.who = who;
            this.limits = limits;
            this.since = since;
        }
    }

    private final Map<SimulatedProcess, EngineWatch> engines;
    private final Map<EngineWatch, Map<EngineWatch.Line, Contest>> contests = new HashMap<>();
    private final Map<EngineWatch, Double> longest = new HashMap<>();

    ContestChecker(History history, Findings findings, Map<SimulatedProcess, EngineWatch> engines) {
        super(Invariant.SHARES, history, findings);
        this.engines = engines;
    }

    @Override
    void claimed(BatchHistory batch, SimulatedProcess by, StoredBatch before, StoredBatch after) {
        look(engines.get(by));
    }

    @Override
    void committed(BatchHistory batch, SimulatedProcess by, BatchCommit commit, StoredBatch before) {
        look(engines.get(by));
    }

    @Override
    void attempting(BatchHistory batch, EngineWatch engine) {
        look(engine);
    }

    @Override
    void attemptEnded(BatchHistory batch, EngineWatch engine, EngineWatch.Attempt attempt) {
        longest.merge(engine, (engine.now() - attempt.beganNanos) / 1e9, Math::max);
        Contest contest = contests.getOrDefault(engine, Map.of()).get(EngineWatch.line(attempt.batch));
        if (contest != null && contest.who.contains(attempt.batch)) {
            double seconds = (engine.now() - Math.max(attempt.beganNanos, contest.since)) / 1e9;
            double had = contest.had.getOrDefault(attempt.batch, 0.0) + seconds;
            contest.had.put(attempt.batch, had);
            judge(contest, attempt.batch, had, engine);
        }
        look(engine);
    }

    private void judge(Contest contest, BatchHistory served, double had, EngineWatch engine) {
        double job = longest.getOrDefault(engine, 0.0) + OVERHEAD;
        double weight = served.request.options().weight();
        for (BatchHistory other : contest.who) {
            double otherWeight = other.request.options().weight();
            double otherHad = contest.had.getOrDefault(other, 0.0);
            double bound = SLACK * engine.mostInFlight * job * (1 / weight + 1 / otherWeight);
            require(
                    had / weight - otherHad / otherWeight <= bound,
                    "%s, of weight %s, has had %.3f s of the slots of %s, while %s of its project, of weight %s, has had %.3f s",
                    served.id(),
                    weight,
                    had,
                    engine,
                    other.id(),
                    otherWeight,
                    otherHad);
        }
        exercised();
    }

    /** Looks who has something to start. */
    private void look(@Nullable EngineWatch engine) {
        if (engine == null || !engine.engine.prompt()) {
            return;
        }
        List<Limits> candidates = engine.limits();
        Limits limits = candidates.get(candidates.size() - 1);
        Map<EngineWatch.Line, Set<BatchHistory>> standing = new HashMap<>();
        for (BatchHistory batch : history.all()) {
            if (batch.owner() == engine.process
                    && !batch.deleted
                    && !batch.hasEnded()
                    && !batch.now.state().cancelRequested()
                    && batch.now.state().crashes() == 0
                    && batch.hasFresh()
                    && !engine.pausedUntil.containsKey(EngineWatch.line(batch))) {
                standing.computeIfAbsent(EngineWatch.line(batch), line -> new LinkedHashSet<>())
                        .add(batch);
            }
        }
        Map<EngineWatch.Line, Contest> known = contests.computeIfAbsent(engine, first -> new HashMap<>());
        known.keySet().retainAll(standing.keySet());
        standing.forEach((line, who) -> {
            Contest before = known.get(line);
            boolean fair =
                    who.size() > 1 && candidates.size() == 1 && limits.maxInFlightPerBatch() >= engine.engine.workers();
            if (!fair) {
                known.remove(line);
            } else if (before == null || !before.who.equals(who) || !before.limits.equals(limits)) {
                known.put(line, new Contest(who, limits, engine.now()));
            }
        });
    }
}
