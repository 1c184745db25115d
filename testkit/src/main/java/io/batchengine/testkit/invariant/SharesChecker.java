package io.batchengine.testkit.invariant;

import io.batchengine.limits.Limits;
import io.batchengine.limits.Rate;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * I9s. A batch waits while it has files for which no job was asked and none of its own in flight. Two bounds hold for it, in engines that
 * nothing delays: where all its limits are open and a worker is free, it starts within {@link #BLINK}; and while it waits, no other batch of its
 * project and type, and no other project of its type while its own project is open, gets more of the slots' time for its weight than follows
 * from jobs that can't be cut in pieces. A type of a project that was ever told "not now" is left out: how much it takes is not known.
 */
final class SharesChecker extends FlowChecker {
    private static final long CLOSED = Long.MAX_VALUE;
    private static final long BLINK = Duration.ofSeconds(2).toNanos();
    /** What a slot costs beside the job in it, in seconds: tasks have latency. */
    private static final double OVERHEAD = 0.2;

    /** How many jobs one may be behind whom a limit has held, and catch up on. */
    private static final int BEHIND = 8;

    /** A batch that waits. */
    private static final class Waiting {
        final long since;
        final Map<String, Double> batches = new HashMap<>(); // seconds that others had meanwhile
        final Map<String, Double> projects = new HashMap<>(); // since its own project is open
        double own; // seconds that its own project had meanwhile
        long projectOpenSince = CLOSED;
        long openSince = CLOSED;
        boolean passed; // others were served

        Waiting(long since) {
            this.since = since;
        }

        void projectOpens(long now) {
            projectOpenSince = now;
            projects.clear();
            own = 0;
        }
    }

    /** What is known of one engine. */
    private static final class Shares {
        final Map<BatchHistory, Waiting> waiting = new LinkedHashMap<>();
        double longest; // seconds that a job took

        @Nullable
        Limits limits;
    }

    private final Map<SimulatedProcess, EngineWatch> engines;
    private final Map<EngineWatch, Shares> shares = new HashMap<>();

    SharesChecker(History history, Findings findings, Map<SimulatedProcess, EngineWatch> engines) {
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
        Shares known = shares.get(engine);
        Waiting begins = known == null ? null : known.waiting.remove(batch);
        if (begins != null && begins.passed) {
            exercised();
        }
    }

    @Override
    void attemptBegan(EngineWatch engine) {
        look(engine);
    }

    @Override
    void attemptEnded(BatchHistory batch, EngineWatch engine, EngineWatch.Attempt attempt) {
        Shares known = shares.get(engine);
        if (known != null) {
            long now = engine.now();
            known.longest = Math.max(known.longest, (now - attempt.beganNanos) / 1e9);
            known.waiting.forEach((waiting, how) -> served(engine, known, waiting, how, attempt));
        }
        look(engine);
    }

    /** Looks who waits, and for what. */
    private void look(@Nullable EngineWatch engine) {
        if (engine == null || !engine.engine.prompt()) {
            return;
        }
        Shares known = shares.computeIfAbsent(engine, first -> new Shares());
        List<Limits> candidates = engine.limits();
        Limits limits = candidates.get(candidates.size() - 1);
        if (!limits.equals(known.limits) || candidates.size() > 1) {
            known.limits = limits;
            known.waiting.clear();
        }
        for (BatchHistory batch : history.all()) {
            if (!waits(batch, engine)) {
                known.waiting.remove(batch);
                continue;
            }
            long now = engine.now();
            Waiting waiting = known.waiting.computeIfAbsent(batch, first -> new Waiting(now));
            require(
                    waiting.openSince == CLOSED || now - waiting.openSince <= BLINK,
                    "%s could start jobs since %d ms, for its limits are open and a worker of %s is free, and does not",
                    batch.id(),
                    waiting.openSince / 1_000_000,
                    engine);
            look(batch, waiting, engine, limits);
        }
    }

    private static boolean waits(BatchHistory batch, EngineWatch engine) {
        return batch.owner() == engine.process
                && !batch.deleted
                && !batch.hasEnded()
                && !batch.now.state().cancelRequested()
                && batch.now.state().crashes() == 0
                && batch.hasFresh()
                && engine.presence(batch).inFlight == 0
                && !engine.pausedUntil.containsKey(EngineWatch.line(batch));
    }

    private static void look(BatchHistory batch, Waiting waiting, EngineWatch engine, Limits limits) {
        long now = engine.now();
        long project = opens(
                engine,
                batch.projectId(),
                engine.inProject(batch) < limits.project(batch.projectId()).maxInFlight(),
                limits.project(batch.projectId()).rate());
        if (project > now) {
            waiting.projectOpenSince = CLOSED;
        } else if (waiting.projectOpenSince == CLOSED) {
            waiting.projectOpens(now);
        }
        long type = opens(
                engine,
                batch.type(),
                engine.ofType(batch) < limits.jobType(batch.type()).maxInFlight(),
                limits.jobType(batch.type()).rate());
        boolean free = limits.maxInFlightPerBatch() > 0
                && engine.inFlight < limits.maxInFlight()
                && engine.blocking < engine.engine.workers();
        long open = free ? Math.max(project, type) : CLOSED;
        if (open == CLOSED) {
            waiting.openSince = CLOSED;
        } else {
            waiting.openSince = Math.max(open, waiting.openSince == CLOSED ? now : waiting.openSince);
        }
    }

    /** When a project or type lets a job start. How many tokens it has is known for certain where the limits were never changed. */
    private static long opens(EngineWatch engine, Object whose, boolean free, @Nullable Rate rate) {
        if (!free) {
            return CLOSED;
        }
        if (rate == null) {
            return 0;
        }
        return rate.perSecond() == 0 || engine.ever.size() > 1
                ? CLOSED
                : engine.bucket(whose).tokenAt(rate);
    }

    /** An attempt of another batch has ended: what it had counts for as long as it went on beside one that waits. */
    private void served(
            EngineWatch engine, Shares known, BatchHistory batch, Waiting waiting, EngineWatch.Attempt attempt) {
        BatchHistory other = attempt.batch;
        Limits limits = Objects.requireNonNull(known.limits);
        double job = known.longest + OVERHEAD;
        double bound = 2.0 * engine.mostInFlight * job;
        boolean sameType = other.type().equals(batch.type());
        if (other.projectId().equals(batch.projectId())) {
            waiting.own += seconds(engine, attempt, waiting.projectOpenSince) + OVERHEAD;
            if (sameType && other != batch) {
                double had = waiting.batches.merge(other.id(), seconds(engine, attempt, waiting.since), Double::sum);
                waiting.passed = true;
                double weight = batch.request.options().weight();
                double otherWeight = other.request.options().weight();
                require(
                        had / otherWeight <= bound * (1 / weight + 1 / otherWeight) + BEHIND * job / otherWeight,
                        "%s waits while %s of its project, with %s times its share, has had %.3f s of the slots of %s",
                        batch.id(),
                        other.id(),
                        otherWeight / weight,
                        had,
                        engine);
            }
        } else if (sameType && waiting.projectOpenSince != CLOSED) {
            double had = waiting.projects.merge(
                    other.projectId(), seconds(engine, attempt, waiting.projectOpenSince), Double::sum);
            waiting.passed = true;
            double weight = limits.project(batch.projectId()).weight();
            double otherWeight = limits.project(other.projectId()).weight();
            require(
                    had / otherWeight - waiting.own / weight
                            <= bound * (1 / weight + 1 / otherWeight) + BEHIND * job / otherWeight,
                    "%s waits while project %s, with %s times the share of its own, has had %.3f s of the slots of %s",
                    batch.id(),
                    other.projectId(),
                    otherWeight / weight,
                    had,
                    engine);
        }
    }

    private static double seconds(EngineWatch engine, EngineWatch.Attempt attempt, long since) {
        return Math.max(0, engine.now() - Math.max(attempt.beganNanos, since)) / 1e9;
    }
}
