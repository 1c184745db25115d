package io.batchengine.benchmarks.rows;

/** The results of files, column by column, up to the number that is written in one commit. For one thread. */
public final class RowBlock {
    final long[] ordinals;
    final String[] fileIds;
    final byte[] outcomes;
    final long[] finishedUs;
    final int[] durationsMs;
    private int size;

    /**
     * An empty block.
     *
     * @param capacity rows that it can hold
     */
    public RowBlock(int capacity) {
        ordinals = new long[capacity];
        fileIds = new String[capacity];
        outcomes = new byte[capacity];
        finishedUs = new long[capacity];
        durationsMs = new int[capacity];
    }

    /**
     * Adds a result.
     *
     * @param ordinal of the file
     * @param fileId its id
     * @param outcome 0 where its job succeeded, otherwise 1
     * @param finished when its job ended, microseconds since the epoch
     * @param durationMs how long it took
     */
    public void add(long ordinal, String fileId, int outcome, long finished, int durationMs) {
        ordinals[size] = ordinal;
        fileIds[size] = fileId;
        outcomes[size] = (byte) outcome;
        finishedUs[size] = finished;
        durationsMs[size] = durationMs;
        size++;
    }

    /**
     * How many there are.
     *
     * @return from 0 to the capacity
     */
    public int size() {
        return size;
    }

    /**
     * Whether there is no room for another.
     *
     * @return whether it must be written and cleared first
     */
    public boolean isFull() {
        return size == ordinals.length;
    }

    /** Forgets all. */
    public void clear() {
        size = 0;
    }
}
