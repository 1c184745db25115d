package io.batchengine.benchmarks.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verdicts, and the table that is made of them. */
class GoalTest {
    @TempDir
    Path folder;

    @Test
    void a_bound_is_the_least_or_the_most_and_rounding_never_helps() {
        assertThat(Goal.atLeast(0.8, "rate").judge(0.8, "").csv()).isEqualTo("rate,0.8,0.8,met");
        assertThat(Goal.atLeast(0.8, "rate").judge(0.79999, "").csv()).isEqualTo("rate,0.799,0.8,missed");
        assertThat(Goal.atMost(1, "time").judge(1.00001, "").csv()).isEqualTo("time,1.001,1,missed");
        assertThat(Goal.atMost(50, "time").judge(49.5, "").csv()).isEqualTo("time,49.5,50,met");
        assertThat(Goal.atMost(2, "time").withBound(2.16667).judge(2.1, "").csv())
                .isEqualTo("time,2.1,2.166,met");
    }

    @Test
    void what_could_not_be_measured_is_missed() {
        TargetVerdict verdict = Goal.atMost(1, "time").failed("it died");
        assertThat(verdict.csv()).isEqualTo("time,NaN,1,missed");
        assertThat(verdict.line()).contains("missed").endsWith("it died");
    }

    @Test
    void the_table_has_a_header_and_no_commas_in_fields() throws Exception {
        Path file = folder.resolve("results").resolve("targets.csv");
        TargetsCsv.write(file, List.of(Goal.atLeast(2, "rate").judge(1_234_567.5, "1,234")));
        assertThat(Files.readString(file)).isEqualTo("name,measured,bound,met\nrate,1234567.5,2,met\n");
        assertThatIllegalArgumentException().isThrownBy(() -> TargetsCsv.row("rate", "1,5"));
    }

    @Test
    void the_targets_have_their_names_in_their_order() {
        assertThat(Targets.all().stream()
                        .flatMap(target -> target.goals().stream())
                        .map(Goal::name))
                .containsExactly(
                        "memory-vs-pool",
                        "sqlite-vs-bare",
                        "sqlite-1000-batches",
                        "postgres-vs-bare",
                        "sqlite-vs-journal",
                        "vs-spring-batch",
                        "vs-jobrunr",
                        "vs-db-scheduler",
                        "ten-million-cost",
                        "ten-million-heap",
                        "small-beside-large",
                        "async-in-flight",
                        "reopen",
                        "cancel");
    }
}
