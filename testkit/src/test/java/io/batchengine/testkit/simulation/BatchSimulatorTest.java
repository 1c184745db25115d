package io.batchengine.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.testkit.invariant.Invariant;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchSimulatorTest {
    private static final Pattern SUMMARY = Pattern.compile(
            "seeds: (\\d+), violations: (\\d+), faults injected: \\d+, simulated time: \\d+d \\d\\d:\\d\\d:\\d\\d, runs/s: \\d+");

    private record Ended(int code, List<String> out, String err) {
        String summary() {
            return out.get(out.size() - 1);
        }
    }

    private static Ended run(Simulation simulation, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = BatchSimulator.run(printing(out), printing(err), simulation, arguments);
        return new Ended(
                code, out.toString(StandardCharsets.UTF_8).lines().toList(), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream printing(ByteArrayOutputStream into) {
        return new PrintStream(into, true, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "20, 0",
        "3, -9223372036854775808",
        "3, 9223372036854775805",
        "1, 9223372036854775807",
        "0, 5",
    })
    void seeds_that_hold_end_it_with_0_and_the_summary(long seeds, long from) {
        Ended ended = run(Simulation.ofEngines(), "--seeds", "" + seeds, "--from", "" + from, "--threads", "1");
        assertThat(ended.code()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.summary()).matches(SUMMARY).startsWith("seeds: " + seeds + ", violations: 0, ");
        assertThat(ended.out()).hasSize(Invariant.values().length);
    }

    @Test
    void a_violation_ends_it_with_1_behind_the_failures() {
        Simulation failing = Simulation.ofEngines().check(run -> {
            throw new IllegalStateException("planted");
        });
        Ended ended = run(failing, "--seeds", "2", "--from", "41", "--engines", "2", "--threads", "1");
        assertThat(ended.code()).isOne();
        assertThat(ended.out())
                .first()
                .asString()
                .startsWith("seed 41: check (")
                .endsWith("planted");
        assertThat(ended.out()).anyMatch(line -> line.startsWith("seed 42: check ("));
        assertThat(ended.summary()).matches(SUMMARY).startsWith("seeds: 2, violations: 2, ");
    }

    @Test
    void the_command_of_a_failing_seed_runs_it_with_as_many_engines() {
        Setting setting = SimulationSettings.ofEngines();
        Tally tally = new Tally(setting);
        Run.Result failed = Run.of(PlanDrawer.draw(-7, 2), setting);
        failed.findings().violated(Invariant.LIMITS, "planted");
        tally.add(failed, "seed -7", Seeds.command(setting, 2, -7));
        assertThat(tally.report().failures().get(0).command())
                .isEqualTo("java -jar testkit/target/batch-simulator.jar --seeds 1 --from -7 --engines 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--seeds -1 | --seeds -1: 0 or more",
                "--seeds many | 'many' is not a long",
                "--from 9223372036854775808 | is not a long",
                "--engines -1 | --engines -1: 0 to 100",
                "--engines 101 | --engines 101: 0 to 100",
                "--threads 0 | --threads 0: 1 or more",
                "--sweep 3 | --sweep 3: 1 or 2",
                "--turbo | Unknown option: '--turbo'",
                "7 | Unmatched argument",
            })
    void bad_arguments_end_it_with_2_and_say_why(String arguments, String why) {
        Ended ended = run(Simulation.ofEngines(), arguments.split(" "));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains(why);
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void the_page_and_the_help_tell_of_the_same_options() throws IOException {
        Ended ended = run(Simulation.ofEngines(), "--help");
        assertThat(ended.code()).isZero();
        String page = Files.readString(Path.of(
                System.getProperty("maven.multiModuleProjectDirectory", ".."), "docs", "guide", "simulator.md"));
        assertThat(options(String.join("\n", ended.out()), "(?m)^ +(--\\w+)="))
                .isNotEmpty()
                .isEqualTo(options(page, "(?m)^\\| `(--\\w+)[^|]*` \\|"));
    }

    private static Set<String> options(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toSet());
    }
}
