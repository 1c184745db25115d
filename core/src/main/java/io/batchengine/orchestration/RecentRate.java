package io.batchengine.orchestration;

import java.util.concurrent.TimeUnit;

/**
 * How many files a batch settles per second, over the last minute of its work or its last few writes, whichever is longer. A standstill
 * that is far longer than what lies between two writes, such as an outage or a pause, counts for no more than ten seconds: so it is forgotten
 * when the work goes on. Costs nothing for each file. Any thread.
 */
final class RecentRate {
    private static final long WINDOW = TimeUnit.SECONDS.toNanos(60);
    private static final long SPACING = TimeUnit.SECONDS.toNanos(2);
    private static final long STANDSTILL = TimeUnit.SECONDS.toNanos(10);
    private static final int MANY_TIMES = 10; // a longer gap than so many usual ones is a standstill
    private static final int FEW = 4; // writes from which on it is known what is usual, and marks that are looked at
    private static final int MARKS = 32;

    private final long[] times = new long[MARKS]; // of work, in nanoseconds; a ring
    private final long[] totals = new long[MARKS]; // files settled by then
    private int marks = 1; // ever made; the first one is the start
    private long lastNanos;
    private long work; // nanoseconds until the last write, standstills left out
    private long total;
    private long usualGap;
    private int writes;

    RecentRate(long startNanos) {
        this.lastNanos = startNanos;
    }

    /** So many files were recorded as settled, in one write. */
    synchronized void settled(int files, long nanos) {
        if (files == 0) {
            return;
        }
        long gap = nanos - lastNanos;
        work += counted(gap);
        usualGap = writes == 0 ? gap : usualGap - usualGap / 5 + gap / 5;
        writes = Math.min(writes + 1, FEW);
        lastNanos = nanos;
        total += files;
        if (work - times[(marks - 1) % MARKS] >= SPACING) {
            times[marks % MARKS] = work;
            totals[marks % MARKS] = total;
            marks++;
        }
    }

    /** Files per second; 0 where none was settled. */
    synchronized double perSecond(long nanos) {
        long now = work + counted(nanos - lastNanos);
        int oldest = Math.max(0, marks - MARKS);
        int from = Math.max(oldest, marks - FEW);
        while (from > oldest && now - times[from % MARKS] < WINDOW) {
            from--;
        }
        long time = now - times[from % MARKS];
        return time <= 0 ? 0 : (total - totals[from % MARKS]) * 1e9 / time;
    }

    private long counted(long gap) {
        return writes < FEW ? gap : Math.min(gap, Math.max(STANDSTILL, MANY_TIMES * usualGap));
    }
}
