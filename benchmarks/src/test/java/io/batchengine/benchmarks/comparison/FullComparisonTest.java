package io.batchengine.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.batchengine.benchmarks.contender.JobKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is compared and what is made of the rounds; nothing is timed. */
class FullComparisonTest {
    @TempDir
    Path folder;

    @Test
    void sizes_ascend_and_the_greatest_is_for_the_engine_alone() throws IOException {
        List<Cell> cells = Cells.of("sqlite", ComparisonOptions.of("--jobs", "NO_OP,WAIT_10_MS"));
        assertThat(cells)
                .extracting(Cell::files)
                .containsExactly(1_000, 10_000, 100_000, 1_000_000, 10_000_000, 10_000);
        assertThat(cells.get(0).contenders())
                .contains("batch-engine", "plain-pool")
                .doesNotContain("bare", "journal");
        assertThat(cells.get(4).contenders()).containsExactly("batch-engine");
        assertThat(cells.get(5).threads()).isEqualTo(64);
    }

    @Test
    void who_would_be_too_slow_is_not_run() throws IOException {
        ComparisonOptions options = ComparisonOptions.of("--limit", "10");
        Cell cell = new Cell("memory", JobKind.NO_OP, 1_000_000, 2, List.of("plain-pool"));
        try (Site site = new Site();
                Rival rival = new Rival("plain-pool", cell, options.limit())) {
            rival.open(site, options, 99_999);
            assertThat(rival.isIn()).isFalse();
            ComparisonRow row = rival.row(Environment.of(options.java()), WrittenPerFile.Found.NOTHING);
            assertThat(row.toLine()).endsWith(",memory,NO_OP,2,1000000,0,,,,,,,,over the time limit");
        }
    }

    @Test
    void a_cell_is_measured_and_written() throws Exception {
        Path output = folder.resolve("comparison.csv");
        FullComparison.compare(ComparisonOptions.of(
                "--only",
                "memory",
                "--jobs",
                "NO_OP",
                "--sizes",
                "1000",
                "--contenders",
                "plain-pool",
                "--rounds",
                "1",
                "--output",
                output.toString()));
        List<ComparisonRow> rows = ComparisonTable.read(output);
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.outcome()).isEqualTo(ComparisonRow.DONE);
            assertThat(row.rounds()).isEqualTo(1);
            assertThat(row.values().filesPerSecond().orElseThrow()).isPositive();
        });
    }

    @Test
    void unknown_words_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ComparisonOptions.of("--round", "1"));
        assertThatIllegalArgumentException().isThrownBy(() -> ComparisonOptions.of("--rounds"));
    }

    @Test
    void limits_have_defaults() throws IOException {
        ComparisonOptions options = ComparisonOptions.of();
        assertThat(options.rounds()).isEqualTo(9);
        assertThat(options.limit()).isEqualTo(Duration.ofMinutes(2));
    }
}
