package io.batchengine.examples.batchdocs;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.examples.batchdocs.Program.Run;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeCommandTest {
    @TempDir
    Path folder;

    private Path docs;
    private Path out;

    @BeforeEach
    void directories() throws IOException {
        docs = Files.createDirectory(folder.resolve("docs"));
        out = folder.resolve("out");
        Files.writeString(docs.resolve("a.txt"), "first");
        Files.writeString(docs.resolve("b.html"), "<h1>second</h1>");
    }

    @Test
    void the_same_command_goes_on_with_an_unfinished_batch_and_begins_a_new_one_after_its_end() {
        String first = interrupted("parse", docs, "--output", out);

        Run second = Program.run("parse", docs, "--output", out);
        Run third = Program.run("parse", docs, "--output", out);

        assertThat(second.code()).isZero();
        assertThat(second.outLines().get(0)).isEqualTo("continuing " + first + ": 0 files taken over");
        assertThat(second.lastLine()).startsWith(first + " COMPLETED: 2 files, 2 succeeded");
        assertThat(third.out()).doesNotContain("continuing", first);
        assertThat(third.lastLine()).contains(" COMPLETED: 2 files, 2 succeeded");
        assertThat(batches()).hasSize(2);
    }

    @Test
    void the_directory_is_known_by_its_real_path() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), docs);
        String first = interrupted("parse", docs, "--output", out);

        Run second = Program.run("parse", link, "--output", out, "--json");

        assertThat(second.errLines().get(0)).isEqualTo("continuing " + first + ": 0 files taken over");
        assertThat(second.json().id()).isEqualTo(first);
        assertThat(second.json().sourceDirectoryId()).isEqualTo("dir-" + docs);
    }

    @Test
    void what_asks_for_something_else_is_a_batch_of_its_own_and_leaves_the_first_alone() throws IOException {
        Path saved = Files.createDirectory(folder.resolve("saved"));
        String configuration = "{\"type\": \"parse_v2\", \"parameters\": {\"mode\": \"%s\"}}";
        Files.writeString(saved.resolve("cfg-own.json"), Text.format(configuration, "text"));
        List<Object> command = List.of("parse", docs, "--output", out, "--configs", saved, "--config", "cfg-own");
        String first = interrupted(command.toArray());
        Files.writeString(saved.resolve("cfg-own.json"), Text.format(configuration, "layout"));

        Program.run("parse", docs, "--output", out, "--glob", "*.txt");
        Program.run("parse", docs, "--output", out, "--recursive");
        Program.run("parse", docs, "--output", out, "--config", "cfg-PARSE_FAST");
        Program.run("parse", docs, "--output", folder.resolve("other"), "--store", out.resolve("batches.db"));
        Program.run(command.toArray());

        assertThat(batches()).hasSize(6).last().isEqualTo(first);
        assertThat(status(first)).isNotEqualTo(BatchStatus.COMPLETED);
        assertThat(Program.run("list", "--output", out, "--status", "COMPLETED", "--json")
                        .out())
                .contains("\"total_size\":5");
    }

    @Test
    void all_that_is_needed_is_in_the_store() throws IOException {
        Path store = folder.resolve("state/my batches.db");
        Files.writeString(docs.resolve("c d\u00fc.txt"), "third");
        Path saved = Files.createDirectory(folder.resolve("saved"));
        Path config = saved.resolve("cfg-own.json");
        Files.writeString(config, "{\"type\": \"parse_v2\", \"parameters\": {\"metadata\": false}}");
        String id = interrupted(
                "parse",
                docs,
                "--output",
                out,
                "--store",
                store,
                "--configs",
                saved,
                "--config",
                "cfg-own",
                "--glob",
                "{c d\u00fc,a}.txt");
        Files.delete(config);

        Run run = Program.run("resume", id, "--store", store, "--json");

        assertThat(run.code()).isZero();
        assertThat(run.results()).hasSize(2);
        assertThat(names(out)).containsExactly("a.txt.md", "c d\u00fc.txt.md");
    }

    @Test
    void without_an_id_all_unfinished_ones_are_continued_oldest_first() throws IOException {
        Path others = Files.createDirectory(folder.resolve("others"));
        Path store = folder.resolve("batches.db");
        Files.writeString(others.resolve("c.txt"), "third");
        String first = interrupted("parse", docs, "--output", out, "--store", store);
        String second = interrupted("parse", others, "--output", folder.resolve("out2"), "--store", store);

        Run run = Program.run("resume", "--store", store);

        assertThat(run.code()).isZero();
        assertThat(run.outLines().stream().filter(line -> line.startsWith("continuing")))
                .containsExactly(
                        "continuing " + first + ": 0 files taken over",
                        "continuing " + second + ": 0 files taken over");
        assertThat(names(folder.resolve("out2"))).containsExactly("c.txt.md", "c.txt.meta.json");
        assertThat(Program.run("resume", "--store", store))
                .satisfies(again -> assertThat(again.code()).isZero())
                .satisfies(again -> assertThat(again.err()).contains("no batch of the store "));
    }

    @Test
    void a_directory_that_is_gone_is_told_and_harms_no_other_batch() throws IOException {
        Path store = folder.resolve("batches.db");
        Path away = folder.resolve("away");
        String first = interrupted("parse", docs, "--output", out, "--store", store);
        Files.move(docs, away);
        String second = interrupted("parse", away, "--output", folder.resolve("out2"), "--store", store);

        Run one = Program.run("resume", first, "--store", store);
        Run all = Program.run("resume", "--store", store);
        Files.move(away, docs);
        Run back = Program.run("resume", first, "--store", store);

        assertThat(one.code()).isEqualTo(ExitCode.USAGE);
        assertThat(one.err())
                .isEqualTo(Text.format(
                        "batch-docs: the directory %s of batch %s is gone: bring it back, or cancel the batch%n",
                        docs, first));
        assertThat(all.code()).isEqualTo(ExitCode.USAGE);
        assertThat(all.err()).contains("the directory " + docs);
        assertThat(all.lastLine()).startsWith(second + " COMPLETED");
        assertThat(back.lastLine()).startsWith(first + " COMPLETED: 2 files, 2 succeeded");
    }

    @Test
    void a_batch_that_has_ended_or_is_unknown_is_refused() {
        Run done = Program.run("parse", docs, "--output", out, "--json");

        Run ended = Program.run("resume", done.json().id(), "--output", out);
        Run unknown = Program.run("resume", "bat-0\n1", "--output", out);

        assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.err()).contains(done.json().id() + " has ended: it is COMPLETED");
        assertThat(unknown.code()).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.err()).contains("there is no batch \"bat-0\\u000a1\" in this store");
    }

    @Test
    void a_cancelled_batch_is_ended_for_good() {
        String first = interrupted("parse", docs, "--output", out);

        Run cancelled = Program.run("cancel", first, "--output", out);
        Run again = Program.run("cancel", first, "--output", out);
        Run next = Program.run("parse", docs, "--output", out, "--json");

        assertThat(cancelled.code()).as(cancelled.err()).isZero();
        assertThat(cancelled.lastLine()).startsWith(first + " CANCELLED: ");
        assertThat(again.code()).isEqualTo(ExitCode.USAGE);
        assertThat(again.err()).contains("is CANCELLED already");
        assertThat(next.json().id()).isNotEqualTo(first);
        assertThat(next.json().status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(status(first)).isEqualTo(BatchStatus.CANCELLED);
    }

    @Test
    void cancelling_one_batch_leaves_the_others_unfinished() throws IOException {
        Path others = Files.createDirectory(folder.resolve("others"));
        Path store = folder.resolve("batches.db");
        Files.writeString(others.resolve("c.txt"), "third");
        String first = interrupted("parse", docs, "--output", out, "--store", store);
        String second = interrupted("parse", others, "--output", out, "--store", store);

        Program.run("cancel", first, "--store", store);

        assertThat(Program.run("resume", "--store", store).lastLine()).startsWith(second + " COMPLETED: 1 files");
    }

    /** Runs a command that Ctrl-C interrupts; returns the id of its batch. */
    private static String interrupted(Object... command) {
        Object[] json = Stream.concat(Stream.of(command), Stream.of("--json")).toArray();
        Run run = Program.run(Program.interrupted(), json);
        assertThat(run.code()).isEqualTo(ExitCode.INTERRUPTED);
        return run.json().id();
    }

    /** The ids in the default store, newest first. */
    private List<String> batches() {
        return Program.run("list", "--output", out).outLines().stream()
                .filter(line -> line.startsWith("bat-"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    private BatchStatus status(String id) {
        return Program.run("show", id, "--output", out, "--json").json().status();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("batches.db"))
                    .sorted()
                    .toList();
        }
    }
}
