package io.batchengine.benchmarks.contender;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What the job of a file does. */
public enum JobKind {
    /** Nothing: what is measured is all the rest. */
    NO_OP(2) {
        @Override
        @Nullable
        String run(int ordinal) {
            return null;
        }
    },

    /** A millisecond of computing. */
    CPU_1_MS(2) {
        @Override
        @Nullable
        String run(int ordinal) {
            long end = System.nanoTime() + 1_000_000;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            return null;
        }
    },

    /** Ten milliseconds of waiting, as for a remote service, on the calling thread. */
    WAIT_10_MS(64) {
        @Override
        @Nullable
        String run(int ordinal) {
            long end = System.nanoTime() + 10_000_000;
            for (long left = 10_000_000; left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            return null;
        }
    },

    /** Nothing, but that one in a hundred files fails, with a message. */
    FAILING_1_PERCENT(2) {
        @Override
        @Nullable
        String run(int ordinal) {
            return ordinal % 100 == 99 ? "document " + ordinal + " can't be read" : null;
        }
    };

    private final int threads;

    JobKind(int threads) {
        this.threads = threads;
    }

    /**
     * How many worker threads each contender has for it.
     *
     * @return how many
     */
    public int threads() {
        return threads;
    }

    /** Null where it succeeds, or why it failed. */
    abstract @Nullable String run(int ordinal);
}
