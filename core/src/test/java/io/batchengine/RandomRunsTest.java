package io.batchengine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random workloads on a simulated machine: every batch ends, nothing is lost, told or counted twice, and the same seed gives the same run.
 * A failure names its seed; give more seeds with {@code -Dbatchengine.seeds=n}, one with {@code -Dbatchengine.seed=n}.
 */
class RandomRunsTest {
    private static final int SEEDS = Integer.getInteger("batchengine.seeds", 2_000);

    @Test
    void every_random_workload_ends_as_it_should() {
        Long only = Long.getLong("batchengine.seed");
        long first = only == null ? 0 : only;
        long last = only == null ? SEEDS : only + 1;
        for (long seed = first; seed < last; seed++) {
            run(seed);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987})
    void the_same_seed_gives_the_same_run(long seed) {
        assertThat(String.join("\n", new RandomRun(seed).run()))
                .isEqualTo(String.join("\n", new RandomRun(seed).run()));
    }

    private static void run(long seed) {
        RandomRun run = new RandomRun(seed);
        try {
            run.run();
        } catch (AssertionError | RuntimeException failure) {
            String message = "seed %d: %s%n%s".formatted(seed, failure.getMessage(), run.describe());
            throw new AssertionError(message, failure);
        }
    }
}
