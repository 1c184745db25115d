package io.batchengine.internal.engine.batch;

import java.util.concurrent.TimeUnit;

/**
 * How many files a batch settles per second, or attempts it ends, over the last minute of its work or its last few writes, whichever is longer. A standstill
 * that is far longer than what lies between two writes, such as an outage or a pause, counts for no more than ten seconds: so it is forgotten
 * when the work goes on; waiting for retries alone does not count at all. Costs nothing for each file. Any thread.
 */
final class RecentRate {
    private static final long WINDOW = TimeUnit.SECONDS.toNanos(60);
    private static final long SPACING = TimeUnit.SECONDS.toNanos(2);
    private static final long STANDSTILL = TimeUnit.SECONDS.toNanos(10);
    private static final long SHORTEST =
            TimeUnit.MILLISECONDS.toNanos(1); // where all was done at one time of the clock
    private static final int MANY_TIMES = 10; // a longer gap than so many usual ones is a standstill
    private static final int FEW = 4; // writes from which on it is known what is usual, and marks that are looked at
    private static final int MARKS = 32;

    private final long[] times = new long[MARKS]; // of work, in nanoseconds; a ring
    private final long[] totals = new long[MARKS]; // ended by then
    private int marks = 1; // ever made; the first one is the start
    private long lastNanos;
    private long work; // nanoseconds until the last write, standstills left out
    private long total;
    private boolean resting;
    private long restNanos; // since when, while it rests
    private long usualGap;
    private int writes;

    RecentRate(long startNanos) {
        this.lastNanos = startNanos;
    }

    /** So many ends were recorded, in one write. */
    synchronized void ended(int count, long nanos) {
        if (count == 0) {
            return;
        }
        long gap = Math.max(0, worked(nanos) - lastNanos);
        restNanos = nanos;
        work += counted(gap);
        usualGap = writes == 0 ? gap : usualGap - usualGap / 5 + gap / 5;
        writes = Math.min(writes + 1, FEW);
        lastNanos = nanos;
        total += count;
        if (work - times[(marks - 1) % MARKS] >= SPACING) {
            times[marks % MARKS] = work;
            totals[marks % MARKS] = total;
            marks++;
        }
    }

    /** Nothing runs and nothing can start before a retry is due: that is no work, however long it takes. */
    synchronized void rests(long nanos) {
        if (!resting) {
            resting = true;
            restNanos = nanos;
        }
    }

    /** Something starts. */
    synchronized void goesOn(long nanos) {
        if (resting) {
            resting = false;
            lastNanos += nanos - restNanos;
        }
    }

    /** Ends per second; 0 where there was none. */
    synchronized double perSecond(long nanos) {
        long now = work + counted(Math.max(0, worked(nanos) - lastNanos));
        int oldest = Math.max(0, marks - MARKS);
        int from = Math.max(oldest, marks - FEW);
        while (from > oldest && now - times[from % MARKS] < WINDOW) {
            from--;
        }
        long time = now - times[from % MARKS];
        return (total - totals[from % MARKS]) * 1e9 / Math.max(time, SHORTEST);
    }

    private long worked(long nanos) {
        return resting ? restNanos : nanos;
    }

    private long counted(long gap) {
        return writes < FEW ? gap : Math.min(gap, Math.max(STANDSTILL, MANY_TIMES * usualGap));
    }
}
