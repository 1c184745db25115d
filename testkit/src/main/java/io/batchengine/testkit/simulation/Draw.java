package io.batchengine.testkit.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** Draws from a seed, in terms of plans. */
final class Draw {
    private final SplittableRandom random;

    Draw(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Draws that depend on a few values alone, and not on what was drawn before. */
    static Draw of(long seed, String first, long second) {
        long mixed = seed * 0x9E3779B97F4A7C15L + first.hashCode();
        return new Draw(mixed * 0xD1B54A32D192ED03L + second);
    }

    /** From 0 to below a bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** From one to another, both included. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    /** True once in so many times. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    <T> T of(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // read only
    final <T> T of(T... values) {
        return values[random.nextInt(values.length)];
    }

    long seed() {
        return random.nextLong();
    }
}
