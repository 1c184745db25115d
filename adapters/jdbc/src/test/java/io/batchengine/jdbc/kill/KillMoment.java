package io.batchengine.jdbc.kill;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * When a child is killed: a while after it has said a number of lines of one kind.
 *
 * @param letter the kind of line
 * @param count how many of them
 * @param delay how long after that
 */
record KillMoment(char letter, int count, Duration delay) {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** A moment for the next life; {@code early} has it while the store is opened and batches are recovered. */
    static KillMoment drawn(SplittableRandom random, boolean early) {
        int point = early ? random.nextInt(35) : random.nextInt(100);
        if (point < 12) {
            return new KillMoment('O', 1, micros(random, 250_000));
        } else if (point < 25) {
            return new KillMoment('K', 1, micros(random, 10_000));
        } else if (point < 35) {
            return new KillMoment('C', random.nextInt(1, 4), micros(random, 3_000));
        } else if (point < 60) {
            return new KillMoment('S', manyOf(random, 1_000), micros(random, 2_000));
        } else if (point < 80) {
            return new KillMoment('J', manyOf(random, 1_000), micros(random, 2_000));
        } else if (point < 86) {
            return new KillMoment('T', random.nextInt(1, 6), micros(random, 3_000));
        } else if (point < 91) {
            return new KillMoment('D', 1, micros(random, 20_000));
        }
        return new KillMoment('K', 1, micros(random, 500_000));
    }

    /** Waits until it has come, or the child has ended by itself. */
    void await(KillChild child) {
        if (child.awaitLines(letter, count, LONGEST)) {
            long end = System.nanoTime() + delay.toNanos();
            while (System.nanoTime() < end && child.isAlive()) {
                LockSupport.parkNanos(Math.min(1_000_000, end - System.nanoTime()));
            }
        }
    }

    private static Duration micros(SplittableRandom random, int below) {
        return Duration.ofNanos(1_000L * random.nextInt(below));
    }

    /** Evenly over the orders of magnitude. */
    private static int manyOf(SplittableRandom random, int most) {
        return (int) Math.round(Math.exp(random.nextDouble() * Math.log(most)));
    }
}
