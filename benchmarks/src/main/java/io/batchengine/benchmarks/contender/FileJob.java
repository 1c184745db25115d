package io.batchengine.benchmarks.contender;

import org.jspecify.annotations.Nullable;

/** The job of the files of one round, the same whoever runs it. Any thread. */
public final class FileJob {
    private final JobKind kind;
    private volatile boolean begun;
    private volatile long firstNanos;

    /**
     * A job that has not begun.
     *
     * @param kind what it does
     */
    public FileJob(JobKind kind) {
        this.kind = kind;
    }

    /**
     * Does it for one file.
     *
     * @param ordinal of the file, from 0
     * @return null where it succeeds, or why it failed
     */
    public @Nullable String run(int ordinal) {
        if (!begun) {
            begin();
        }
        return kind.run(ordinal);
    }

    /**
     * When the first one started.
     *
     * @return by {@link System#nanoTime}
     */
    public long firstNanos() {
        if (!begun) {
            throw new IllegalStateException("no job has started");
        }
        return firstNanos;
    }

    private synchronized void begin() {
        if (!begun) {
            firstNanos = System.nanoTime();
            begun = true;
        }
    }
}
