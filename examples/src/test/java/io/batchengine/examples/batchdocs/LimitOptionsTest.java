package io.batchengine.examples.batchdocs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.batchengine.examples.batchdocs.Program.Run;
import io.batchengine.limits.Rate;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.FailureTolerance;
import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rate, priority, tolerance, attempts and project. */
class LimitOptionsTest {
    @TempDir
    Path folder;

    private Path docs;

    @BeforeEach
    void directories() throws IOException {
        docs = Files.createDirectory(folder.resolve("docs"));
        for (int i = 0; i < 3; i++) {
            Files.writeString(docs.resolve("good" + i + ".txt"), "good");
        }
    }

    @ParameterizedTest
    @CsvSource({"20,20,2", "0.5,0.5,1", "20:100,20,100", "1000,1000,100"})
    void a_rate_has_a_burst_of_a_tenth_of_a_second_unless_it_is_given(String text, double perSecond, int burst) {
        assertThat(new RateConverter().convert(text))
                .isEqualTo(Rate.perSecond(perSecond).withBurst(burst));
    }

    @ParameterizedTest
    @CsvSource({"20,20 failed files", "0,0 failed files", "2.5%,2.5% failed files", "10%,10% failed files"})
    void a_tolerance_is_a_count_or_a_percentage(String text, String shown) {
        FailureTolerance tolerance = new ToleranceConverter().convert(text);

        assertThat(ToleranceConverter.text(tolerance)).isEqualTo(shown);
    }

    @Test
    void a_tolerance_of_both_kinds_is_shown_with_both() {
        assertThat(ToleranceConverter.text(FailureTolerance.ofCount(7).withMaxPercent(2.5)))
                .isEqualTo("7 failed files, 2.5% failed files");
    }

    @Test
    void a_batch_carries_its_options_and_show_tells_them() {
        String plain = run("parse", docs, "--json").json().id();
        String own = run("parse", docs, "--priority", 7, "--tolerate", "2.5%", "--attempts", 3, "--json")
                .json()
                .id();

        assertThat(run("show", plain).outLines())
                .contains(
                        "project        prj-default",
                        "priority       5",
                        "tolerated      any number of failed files",
                        "attempts       1");
        assertThat(run("show", own).outLines())
                .contains("priority       7", "tolerated      2.5% failed files", "attempts       3");
    }

    @Test
    void more_failures_than_tolerated_end_the_batch_and_the_reason_is_told() throws IOException {
        for (int i = 0; i < 3; i++) {
            Files.writeString(docs.resolve("bad" + i + ".pdf"), "%PDF-1.7\nnothing more");
        }

        Run enough = run("parse", docs, "--tolerate", 3);
        Run tooMany = run("parse", docs, "--tolerate", 2, "--threads", 1, "--json");
        String id = tooMany.json().id();

        String reason = "3 of 6 files have failed, more than the 2 that the batch tolerates";
        assertThat(enough.code()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(tooMany.code()).isEqualTo(ExitCode.BATCH_FAILED);
        assertThat(tooMany.json().status()).isEqualTo(BatchStatus.FAILED);
        assertThat(tooMany.errLines().get(0)).isEqualTo("batch-docs: the batch failed: " + reason);
        assertThat(run("show", id).out()).containsPattern("reason +" + reason + ", since \\S+Z\n");
        assertThat(run("show", id, "--json").errLines().get(0)).startsWith("FAILED: " + reason + ", since ");
        assertThat(run("results", id).out()).contains("bad0.pdf", "bad2.pdf");
    }

    @Test
    void a_rate_holds_the_batch_which_tells_so_while_it_runs_and_is_none_of_the_next_run() {
        Interruption interruption = new Interruption();
        var held = CompletableFuture.supplyAsync(
                () -> Program.run(interruption, with("parse", docs, "--rate", "0.001:1", "--json")));
        try {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> Files.exists(store()) && run("list").out().contains("THROTTLED"));
            String id = run("list").outLines().get(1).replaceAll(" .*", "");
            Run shown = run("show", id);
            Run json = run("show", id, "--json");

            assertThat(shown.out())
                    .containsPattern("reason +job type parse_v2 may start 0.001 jobs in a second, since \\S+Z");
            assertThat(shown.lastLine()).startsWith(id + " THROTTLED: 3 files, 1 succeeded");
            assertThat(json.json().status()).isEqualTo(BatchStatus.THROTTLED);
            assertThat(json.errLines().get(0))
                    .startsWith("THROTTLED: job type parse_v2 may start 0.001 jobs in a second, since ");
        } finally {
            interruption.request(ExitCode.INTERRUPTED);
        }
        assertThat(held.join().code()).isEqualTo(ExitCode.INTERRUPTED);
        Run resumed = run("resume");
        assertThat(resumed.code()).isZero();
        assertThat(resumed.outLines().get(0)).endsWith(": 1 files taken over");
    }

    @Test
    void a_batch_is_seen_in_its_project_alone() {
        String other =
                run("parse", docs, "--project", "prj-other", "--json").json().id();
        String own = run("parse", docs, "--json").json().id();

        assertThat(run("list").out()).contains(own).doesNotContain(other);
        assertThat(run("list", "--project", "prj-other").out()).contains(other).doesNotContain(own);
        assertThat(run("show", other, "--project", "prj-other").outLines()).contains("project        prj-other");
        assertThat(run("results", other, "--project", "prj-other").lastLine()).startsWith(other);
        for (String command : new String[] {"show", "results", "cancel", "resume"}) {
            Run hidden = run(command, other);
            assertThat(hidden.code()).as(command).isEqualTo(ExitCode.USAGE);
            assertThat(hidden.err()).startsWith("batch-docs: there is no batch \"" + other);
        }
    }

    @Test
    void an_interrupted_batch_is_gone_on_with_in_its_project() {
        Run first = interrupted("parse", docs, "--project", "prj-other", "--json");
        String id = first.json().id();

        assertThat(first.json().projectId()).isEqualTo("prj-other");
        assertThat(first.errLines().get(1))
                .isEqualTo(Text.format(
                        "batch-docs: interrupted; to continue: batch-docs resume %s --store %s --project prj-other",
                        id, store()));
        assertThat(run("resume").err()).contains("no batch of the store ");
        assertThat(run("parse", docs).out()).doesNotContain(id);
        assertThat(run("resume", "--project", "prj-other").lastLine()).startsWith(id + " COMPLETED: 3 files");
    }

    @Test
    void a_batch_is_cancelled_in_its_project() {
        String id = interrupted("parse", docs, "--project", "prj-other", "--json")
                .json()
                .id();

        assertThat(run("cancel", id, "--project", "prj-other").lastLine()).startsWith(id + " CANCELLED: ");
    }

    @Test
    void the_higher_priority_is_continued_first_then_the_older() {
        String low =
                interrupted("parse", docs, "--priority", 1, "--json").json().id();
        String older =
                interrupted("parse", docs, "--priority", 8, "--json").json().id();
        String newer = interrupted("parse", docs, "--priority", 8, "--glob", "*0.txt", "--json")
                .json()
                .id();

        assertThat(run("resume").outLines().stream()
                        .filter(line -> line.startsWith("continuing"))
                        .map(line -> line.replaceAll("continuing ([^:]+):.*", "$1")))
                .containsExactly(older, newer, low);
    }

    @Test
    void the_same_command_with_other_options_is_another_batch() {
        String first =
                interrupted("parse", docs, "--tolerate", 1, "--json").json().id();

        assertThat(run("parse", docs, "--tolerate", 2, "--json").json().id()).isNotEqualTo(first);
        assertThat(run("parse", docs, "--tolerate", 1, "--rate", 100, "--json")
                        .json()
                        .id())
                .as("a rate is of the run, not of the batch")
                .isEqualTo(first);
    }

    private Path store() {
        return folder.resolve("out/batches.db");
    }

    private Run run(Object... command) {
        return Program.run(with(command));
    }

    private Run interrupted(Object... command) {
        return Program.run(Program.interrupted(), with(command));
    }

    private Object[] with(Object... command) {
        return Stream.concat(Arrays.stream(command), Stream.of("--output", folder.resolve("out")))
                .toArray();
    }
}
