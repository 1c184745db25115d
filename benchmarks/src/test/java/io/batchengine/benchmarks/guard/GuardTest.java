package io.batchengine.benchmarks.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fails where the engine asks more of the store or of memory than is recorded. Counts only, so that a busy machine changes nothing. */
class GuardTest {
    private static final GuardTable RECORDED = new GuardTable(List.of(
            new GuardTable.Recorded("store/commits", 20, 0), new GuardTable.Recorded("bytes-per-file", 400, 1)));

    @TempDir
    Path folder;

    @Test
    void no_slower_path_hides() throws Exception {
        List<String> findings =
                Comparison.findings(GuardTable.read(Path.of("results", "guard.csv")), Guard.measure(folder));
        assertThat(findings).as(Guard.RECORD).isEmpty();
    }

    @Test
    void what_is_recorded_is_found_well() {
        assertThat(findings(20, 403.9)).isEmpty();
        assertThat(findings(18, 361)).isEmpty();
    }

    @Test
    void one_more_commit_is_worse() {
        assertThat(findings(21, 400)).containsExactly("store/commits: WORSE: 21 where 20 is recorded (+5.0 %)");
    }

    @Test
    void more_bytes_than_the_tolerance_are_worse() {
        assertThat(findings(20, 416)).containsExactly("bytes-per-file: WORSE: 416 where 400 is recorded (+4.0 %)");
    }

    @Test
    void much_better_values_are_to_be_recorded() {
        assertThat(findings(10, 300))
                .containsExactly(
                        "store/commits: much better, record it: 10 where 20 is recorded (-50.0 %)",
                        "bytes-per-file: much better, record it: 300 where 400 is recorded (-25.0 %)");
    }

    @Test
    void nothing_is_left_out() {
        assertThat(Comparison.findings(RECORDED, Map.of("store/commits", 20.0, "store/calls", 1.5)))
                .containsExactly(
                        "bytes-per-file: recorded, but not measured any more",
                        "store/calls: measured 1.5, not recorded");
    }

    @Test
    void a_table_is_read_as_it_was_written() throws Exception {
        Path file = folder.resolve("guard.csv");
        RECORDED.write(file);
        assertThat(GuardTable.read(file)).isEqualTo(RECORDED);
    }

    private static List<String> findings(double commits, double bytes) {
        return Comparison.findings(RECORDED, Map.of("store/commits", commits, "bytes-per-file", bytes));
    }
}
