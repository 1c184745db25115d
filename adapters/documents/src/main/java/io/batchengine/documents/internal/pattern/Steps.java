package io.batchengine.documents.internal.pattern;

import java.util.function.BooleanSupplier;

/**
 * How many steps the regular expressions of one document may still take, all matches together, and whether its job is to stop. Not
 * shared between threads.
 */
public final class Steps {
    private static final long MAX_STEPS = 200_000_000;

    private final BooleanSupplier stopRequested;
    private long left = MAX_STEPS;

    /**
     * The steps of a document.
     *
     * @param stopRequested true once the work should stop
     */
    public Steps(BooleanSupplier stopRequested) {
        this.stopRequested = stopRequested;
    }

    boolean stopRequested() {
        return stopRequested.getAsBoolean();
    }

    /** How many steps one match may take. */
    long left() {
        return Math.min(left, SafePattern.MAX_STEPS);
    }

    void take(long steps) {
        left -= steps;
    }
}
