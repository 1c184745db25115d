package io.batchengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random workloads on real threads: several engines on one store, blocking and asynchronous jobs, cancels, closes, small limits. What the simulator
 * can't show, for it runs one task at a time: a lost wake-up, after which everything waits for something that has happened. The watchdog
 * finds it: it fails with all threads and each engine's health when nothing is settled for {@link #STALL}.
 *
 * <p>A short window needs more than the usual time: give it by {@code -Dbatchengine.stress.seconds=n}. A failure names the seed of its round; its
 * threads come in another order each time.
 */
@Tag("rounds")
class StressTest {
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("batchengine.stress.seconds", 5));
    private static final Duration STALL = Duration.ofSeconds(20);

    @Test
    void whatever_threads_do_every_batch_ends() {
        long seed = System.nanoTime();
        long end = System.nanoTime() + TIME.toNanos();
        int files = 0;
        while (System.nanoTime() - end < 0) {
            try (StressRound round = new StressRound(seed)) {
                files += round.run(STALL);
            }
            seed++;
        }
        assertThat(files).as("files settled").isPositive();
    }
}
