package io.batchengine.benchmarks.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole command, with few files: no figure is judged. */
class QuickComparisonTest {
    @TempDir
    Path folder;

    @Test
    void some_targets_are_measured_told_and_written() throws Exception {
        Path table = folder.resolve("targets.csv");
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        Options options = Options.of(
                "--only", "memory-vs-pool,sqlite-vs-journal", "--rounds", "1", "--files", "2000", table.toString());
        boolean unused = QuickComparison.run(options, new PrintStream(told, true, StandardCharsets.UTF_8));
        assertThat(told.toString(StandardCharsets.UTF_8).lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("memory-vs-pool ") && line.contains("plain-pool"))
                .anyMatch(line -> line.startsWith("sqlite-vs-journal "));
        List<String> lines = Files.readAllLines(table);
        assertThat(lines).hasSize(3).startsWith("name,measured,bound,met");
        assertThat(lines.get(1)).matches("memory-vs-pool,[0-9.]+,2,(met|missed)");
    }

    @Test
    void options_have_defaults_and_refuse_what_they_do_not_know() throws Exception {
        assertThat(Options.of().output()).contains(Path.of("benchmarks/results/targets.csv"));
        assertThat(Options.of().rounds()).isEqualTo(9);
        assertThat(Options.of("--only", "cancel").output()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> Options.of("--fast"));
        assertThatIllegalArgumentException().isThrownBy(() -> Options.of("--rounds"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QuickComparison.run(Options.of("--only", "canel"), System.out))
                .withMessageContaining("canel");
    }
}
