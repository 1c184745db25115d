package io.batchengine.internal.engine.job;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What runs of one batch: the turns that workers have, and the jobs that were started and complete by themselves. Confined to the serial executor,
 * except for the asynchronous jobs, which workers add, and the count, which anybody reads.
 */
public final class InFlight {
    private final Set<Turn> turns = new LinkedHashSet<>();
    private final Set<Attempt> asynchronous = ConcurrentHashMap.newKeySet();
    private volatile int count;

    public void add(Turn turn) {
        turns.add(turn);
        recount();
    }

    public void remove(Turn turn) {
        turns.remove(turn);
        recount();
    }

    /** A job goes on without its worker. Called by that worker. */
    public void addAsynchronous(Attempt attempt) {
        asynchronous.add(attempt);
    }

    /** An asynchronous job is over, or given up; false where it is none of them. */
    public boolean removeAsynchronous(Attempt attempt) {
        return asynchronous.remove(attempt);
    }

    public void recount() {
        count = asynchronous.size() + turns.size();
    }

    public int count() {
        return count;
    }

    /** All attempts that run now and were not given up, in the order of their files. */
    public List<Attempt> attempts() {
        List<Attempt> attempts = new ArrayList<>(asynchronous);
        for (Turn turn : turns) {
            Attempt attempt = turn.current();
            if (attempt != null && !turn.stuck) {
                attempts.add(attempt);
            }
        }
        attempts.sort(Comparator.comparingLong(Attempt::ordinal));
        return attempts;
    }

    /** The attempt of a file that runs now, or null. */
    @Nullable
    public Attempt of(long ordinal) {
        for (Attempt attempt : attempts()) {
            if (attempt.ordinal() == ordinal) {
                return attempt;
            }
        }
        return null;
    }

    /** Whether nothing runs, apart from jobs that were given up. */
    public boolean isQuiet() {
        if (!asynchronous.isEmpty()) {
            return false;
        }
        for (Turn turn : turns) {
            if (!turn.stuck) {
                return false;
            }
        }
        return true;
    }
}
