package io.batchengine.internal.engine.base;

import java.time.Duration;

/**
 * The numbers by which an engine runs.
 *
 * @param stopGrace how long a job that was asked to stop may take
 * @param pageSize files in a page, from a batch's fourth page on
 * @param stepsPerTask jobs that one task on the executor starts at the most
 * @param lease how long batches stay an engine's own without renewal
 * @param maxCrashes how often an engine may be lost while a file runs alone, before the file fails
 * @param pollInterval how often the store is asked for work and for ends
 * @param delayedInMemory files of a batch that wait for a retry in memory; more wait in the store alone
 */
public record Tuning(
        Duration stopGrace,
        int pageSize,
        int stepsPerTask,
        Duration lease,
        int maxCrashes,
        Duration pollInterval,
        int delayedInMemory) {
    /** What the builder documents as defaults. */
    public static final Tuning DEFAULT =
            new Tuning(Duration.ofSeconds(10), 2_000, 256, Duration.ofSeconds(30), 3, Duration.ofSeconds(1), 1_000);

    /** Pages that are listed ahead of the one that workers take from, at the least. */
    public static final int READ_AHEAD_PAGES = 4;
    /** And at the most, for a batch whose files are settled faster than the store writes. */
    public static final int MOST_READ_AHEAD_PAGES = 32;
    /** Settled files that may wait to be written; above, the engine starts nothing, so that a slow store slows dispatch. */
    public static final int MAX_UNWRITTEN = 65_536;
    /** Batches asked for in one claim. */
    public static final int CLAIM_SIZE = 256;
    /** How often a page is tried before the batch fails. */
    public static final int LISTING_ATTEMPTS = 5;
    /** Empty pages in a row that are taken for a listing that never ends. */
    public static final int MAX_EMPTY_PAGES = 100;
    /** Crashes in a row from which on the files that were left are started with marks. */
    public static final int ISOLATING_CRASHES = 2;
    /** Files that run at a time while nobody knows which of them killed the engine. */
    public static final int POISON_TOGETHER = 8;
    /** How long everything else waits at the most so that one file runs alone. */
    public static final Duration ISOLATION = Duration.ofSeconds(10);
    /** How long one turn of a worker lasts, roughly; then the next batch has its turn. */
    public static final long TURN_NANOS = 2_000_000;
    /** How often results are fetched from turns that are held up by a slow job. */
    public static final Duration FLUSH_INTERVAL = Duration.ofMillis(50);
    /** How long a batch waits for a slot before it says that it is throttled, and the least time between such changes. */
    public static final Duration THROTTLE_DAMPING = Duration.ofSeconds(1);
    /** The least time between two progress events of a batch. */
    public static final Duration PROGRESS_INTERVAL = Duration.ofMillis(100);

    /**
     * A changed copy.
     *
     * @param value the new value
     * @return the copy
     */
    public Tuning withStopGrace(Duration value) {
        return new Tuning(value, pageSize, stepsPerTask, lease, maxCrashes, pollInterval, delayedInMemory);
    }

    /**
     * A changed copy.
     *
     * @param value the new value
     * @return the copy
     */
    public Tuning withPageSize(int value) {
        return new Tuning(stopGrace, value, stepsPerTask, lease, maxCrashes, pollInterval, delayedInMemory);
    }

    /**
     * A changed copy.
     *
     * @param value the new value
     * @return the copy
     */
    public Tuning withStepsPerTask(int value) {
        return new Tuning(stopGrace, pageSize, value, lease, maxCrashes, pollInterval, delayedInMemory);
    }

    /**
     * A changed copy.
     *
     * @param value the new value
     * @return the copy
     */
    public Tuning withLease(Duration value) {
        return new Tuning(stopGrace, pageSize, stepsPerTask, value, maxCrashes, pollInterval, delayedInMemory);
    }

    /**
     * A changed copy.
     *
     * @param value the new value
     * @return the copy
     */
    public Tuning withPollInterval(Duration value) {
        return new Tuning(stopGrace, pageSize, stepsPerTask, lease, maxCrashes, value, delayedInMemory);
    }

    /**
     * A changed copy.
     *
     * @param value the new value
     * @return the copy
     */
    public Tuning withMaxCrashes(int value) {
        return new Tuning(stopGrace, pageSize, stepsPerTask, lease, value, pollInterval, delayedInMemory);
    }

    /**
     * A changed copy.
     *
     * @param value the new value
     * @return the copy
     */
    public Tuning withDelayedInMemory(int value) {
        return new Tuning(stopGrace, pageSize, stepsPerTask, lease, maxCrashes, pollInterval, value);
    }
}
