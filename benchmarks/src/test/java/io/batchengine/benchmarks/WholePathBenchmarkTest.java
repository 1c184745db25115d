package io.batchengine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Both sides of the comparison do the work that they are said to do; nothing is timed. */
class WholePathBenchmarkTest {
    @Test
    void both_sides_run_every_file() throws InterruptedException {
        WholePathBenchmark benchmark = new WholePathBenchmark();
        benchmark.threads = 2;
        benchmark.start();
        try {
            assertThat(benchmark.engine()).isEqualTo(200_000);
            assertThat(benchmark.plainPool()).hasSize(200_000);
        } finally {
            benchmark.stop();
        }
    }
}
