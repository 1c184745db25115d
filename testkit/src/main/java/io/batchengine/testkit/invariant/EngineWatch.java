package io.batchengine.testkit.invariant;

import io.batchengine.limits.Limits;
import io.batchengine.limits.Rate;
import io.batchengine.model.JobType;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one engine has in flight, and by which limits. */
final class EngineWatch {
    private static final long REST = Duration.ofMillis(500).toNanos();

    /** What is in flight of a batch. */
    static final class Presence {
        int inFlight;
        long quietSince;
        long busySince;
        long restedAt = Long.MIN_VALUE / 2; // when a longer time without any in flight was over

        /** Whether a longer time without any in flight was over just now, or is not over. */
        boolean hasRested(long now) {
            return (inFlight == 0 && now - quietSince >= REST) || now - restedAt <= REST;
        }
    }

    /** An attempt in flight. */
    static final class Attempt {
        final BatchHistory batch;
        final boolean asynchronous;
        final long beganNanos;
        private final Presence presence;
        private boolean ended;

        Attempt(BatchHistory batch, Presence presence, boolean asynchronous, long beganNanos) {
            this.batch = batch;
            this.presence = presence;
            this.asynchronous = asynchronous;
            this.beganNanos = beganNanos;
        }
    }

    /** A bucket of tokens. */
    static final class Bucket {
        double tokens = Double.POSITIVE_INFINITY;
        long sinceNanos;
        int used;
        double filling; // per second, at last; a rate of zero fills as the one before it

        double perSecond(@Nullable Rate rate) {
            return rate == null ? Double.POSITIVE_INFINITY : rate.perSecond() == 0 ? filling : rate.perSecond();
        }

        /** When it has a token. */
        long tokenAt(Rate rate) {
            return tokens >= 1 ? sinceNanos : sinceNanos + (long) ((1 - tokens) / rate.perSecond() * 1e9);
        }
    }

    /** A job type of a project. */
    record Line(String projectId, JobType type) {}

    final SimulatedProcess process;
    final WatchedEngine engine;
    final List<Limits> ever = new ArrayList<>(); // all that it was given, or will be when it asks for them
    final Map<String, Presence> batches = new HashMap<>();
    final Map<Line, Long> pausedUntil = new LinkedHashMap<>(); // where "not now" was ever said
    final Map<String, Integer> projects = new HashMap<>();
    final Map<JobType, Integer> types = new HashMap<>();
    private final Map<Object, Bucket> buckets = new HashMap<>();
    int inFlight;
    int blocking;
    int mostInFlight;
    private @Nullable Limits seen;
    private int used; // the place among all of those that it has
    private int floor; // and of the first that it may still go by
    private long usedAt;

    EngineWatch(SimulatedProcess process, WatchedEngine engine) {
        this.process = process;
        this.engine = engine;
    }

    long now() {
        return process.machine().nanos();
    }

    /** Looks which limits it has. */
    void look() {
        Limits present = engine.limits().get();
        if (!present.equals(seen)) {
            seen = present;
            for (int i = used; i < ever.size(); i++) {
                if (ever.get(i).equals(present)) {
                    usedAt = i > used ? now() : usedAt;
                    used = i;
                    break;
                }
            }
        }
        if (floor < used && now() - usedAt > engine.delay().toNanos()) {
            floor = used;
        }
    }

    /** The limits that it may go by now: several where it was given others just now. */
    List<Limits> limits() {
        look();
        return floor == used ? List.of(ever.get(used)) : ever.subList(floor, used + 1);
    }

    /** Which limits it may have gone by since a bucket was last asked for this, and now. */
    List<Limits> limitsSince(Bucket bucket) {
        look();
        List<Limits> candidates = ever.subList(Math.min(bucket.used, floor), used + 1);
        bucket.used = floor;
        return candidates;
    }

    /** The number of the first limits that it may still go by. */
    int firstInForce() {
        return floor;
    }

    /** All limits that it may have gone by since those of a number. */
    List<Limits> limitsFrom(int number) {
        look();
        return ever.subList(Math.min(number, floor), used + 1);
    }

    Attempt begin(BatchHistory batch, boolean asynchronous) {
        inFlight++;
        mostInFlight = Math.max(mostInFlight, inFlight);
        blocking += asynchronous ? 0 : 1;
        projects.merge(batch.projectId(), 1, Integer::sum);
        types.merge(batch.type(), 1, Integer::sum);
        Presence presence = presence(batch);
        if (presence.inFlight++ == 0) {
            presence.busySince = now();
            presence.restedAt = now() - presence.quietSince >= REST ? now() : presence.restedAt;
        }
        return new Attempt(batch, presence, asynchronous, now());
    }

    boolean end(Attempt attempt) {
        if (attempt.ended) {
            return false;
        }
        attempt.ended = true;
        inFlight--;
        blocking -= attempt.asynchronous ? 0 : 1;
        projects.merge(attempt.batch.projectId(), -1, Integer::sum);
        types.merge(attempt.batch.type(), -1, Integer::sum);
        if (--attempt.presence.inFlight == 0) {
            attempt.presence.quietSince = now();
        }
        return true;
    }

    Bucket bucket(Object projectOrType) {
        return buckets.computeIfAbsent(projectOrType, first -> new Bucket());
    }

    /** It has claimed a batch. What it still runs of an earlier hold of it counts no more for the batch, except for all else. */
    void claimed(BatchHistory batch) {
        batches.remove(batch.id());
    }

    Presence presence(BatchHistory batch) {
        return batches.computeIfAbsent(batch.id(), first -> new Presence());
    }

    int inProject(BatchHistory batch) {
        return projects.getOrDefault(batch.projectId(), 0);
    }

    int ofType(BatchHistory batch) {
        return types.getOrDefault(batch.type(), 0);
    }

    static Line line(BatchHistory batch) {
        return new Line(batch.projectId(), batch.type());
    }

    @Override
    public String toString() {
        return process.toString();
    }
}
