package io.batchengine.benchmarks.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.batchengine.benchmarks.comparison.ComparisonRow;
import io.batchengine.benchmarks.comparison.ComparisonTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotsTest {
    private static final String ROWS = """
            abc1234,2 cores,17,batch-engine,1,postgresql,NO_OP,2,1000,9,90000,5.1,60,240,3.1,80,0.010,done
            abc1234,2 cores,17,batch-engine,1,postgresql,NO_OP,2,10000,9,190000,5.1,60,240,3.1,80,0.010,done
            abc1234,2 cores,17,batch-engine,1,postgresql,CPU_1_MS,2,10000,9,1900,5.1,60,240,3.1,,,done
            abc1234,2 cores,17,jobrunr,8.7.0,postgresql,NO_OP,2,1000,9,280,5.1,60,88000,900,,,done
            abc1234,2 cores,17,jobrunr,8.7.0,postgresql,NO_OP,2,10000,0,,,,,,,,over the time limit
            """;
    private static final String TARGETS = """
            name,measured,bound,met
            sqlite-vs-bare,0.84,0.8,met
            postgres-vs-bare,0.62,0.7,missed
            reopen,0.5,1,met
            """;

    @TempDir
    Path folder;

    @Test
    void what_was_measured_is_drawn() throws IOException {
        String rates = drawn("rate-by-size-postgresql");
        assertThat(rates)
                .contains("batch-engine", "jobrunr  (10 k: over the time limit)", "2 threads, Java 17, 2 cores");
        assertThat(drawn("rate-by-job-postgresql")).contains("1 ms of computing", "190 k", "over the time limit");
        assertThat(drawn("cost-per-file-postgresql")).contains("3.1 µs", "240 B");
        assertThat(drawn("targets")).contains("Targets: 2 of 3 met", "0.62  (≥ 0.70)", "0.50  (≤ 1)");
    }

    @Test
    void the_same_measurements_give_the_same_drawings() throws IOException {
        String first = drawn("rate-by-size-postgresql");
        assertThat(drawn("rate-by-size-postgresql")).isEqualTo(first);
    }

    @Test
    void a_row_is_read_as_it_was_written() throws IOException {
        Path file = folder.resolve("rows.csv");
        List<ComparisonRow> rows = rows();
        ComparisonTable.begin(file);
        for (ComparisonRow row : rows) {
            ComparisonTable.add(file, row);
        }
        assertThat(ComparisonTable.read(file)).isEqualTo(rows);
    }

    @Test
    void targets_that_are_to_be_low_are_turned_round() {
        assertThat(new TargetPlot.Target("reopen", 0.5, 1, true).factor()).isEqualTo(2);
        assertThat(new TargetPlot.Target("vs-jobrunr", 400, 20, true).factor()).isEqualTo(20);
        assertThat(new TargetPlot.Target("postgres-vs-bare", 0.62, 0.7, false).factor())
                .isCloseTo(0.886, within(0.001));
    }

    @Test
    void numbers_are_short() {
        assertThat(List.of(0.12, 3.14, 87.0, 999.4, 1_000.0, 45_100.0, 3_040_000.0))
                .map(Look::number)
                .containsExactly("0.12", "3.1", "87", "999", "1.0 k", "45 k", "3.0 M");
    }

    private String drawn(String name) throws IOException {
        rows();
        Files.writeString(folder.resolve("targets.csv"), TARGETS);
        Plots.main(new String[] {folder.toString()});
        return Files.readString(folder.resolve(name + ".svg"));
    }

    private List<ComparisonRow> rows() throws IOException {
        Path file = folder.resolve("comparison.csv");
        Files.writeString(file, ComparisonRow.HEADER + "\n" + ROWS);
        return ComparisonTable.read(file);
    }
}
