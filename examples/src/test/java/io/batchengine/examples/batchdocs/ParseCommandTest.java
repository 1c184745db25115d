package io.batchengine.examples.batchdocs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.examples.batchdocs.Program.Run;
import io.batchengine.json.BatchJson;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchResult;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobReference;
import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParseCommandTest {
    @TempDir
    Path folder;

    private Path docs;
    private Path out;

    @BeforeEach
    void directories() throws IOException {
        docs = Files.createDirectory(folder.resolve("docs"));
        out = folder.resolve("out");
    }

    @Test
    void good_documents_end_with_code_0_and_a_line_that_sums_up() throws IOException {
        write("b.txt", "second");
        write("a.md", "# First\n\n- one\n");

        Run run = Program.run("parse", docs, "--output", out);

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.lastLine())
                .matches("bat-[0-9a-f-]{36} COMPLETED: 2 files, 2 succeeded, 0 failed, 0 mapping errors");
        assertThat(run.outLines()).hasSize(4);
        assertThat(run.outLines().get(0)).matches("FILE +OUTCOME +JOB +ERROR");
        assertThat(run.outLines().get(1)).matches("a\\.md +succeeded +pjb-[0-9a-f-]{36}");
        assertThat(run.outLines().get(2)).matches("b\\.txt +succeeded +pjb-[0-9a-f-]{36}");
        assertThat(out.resolve("a.md.md")).content().contains("# First");
        assertThat(names(out)).containsExactly("a.md.md", "a.md.meta.json", "b.txt.md", "b.txt.meta.json");
    }

    @Test
    void documents_that_were_not_read_whole_are_counted_and_say_why() throws IOException {
        write("a.txt", "text");
        write("dir b.eml", "From: a@b.example\nContent-Type: application/x; name=a.bin\n\nx\n");

        Run run = Program.run("parse", docs, "--output", out);
        Run json = Program.run("parse", docs, "--output", out, "--json");

        assertThat(run.code()).isZero();
        assertThat(run.outLines().get(1)).matches("a\\.txt +succeeded +pjb-[0-9a-f-]{36}");
        assertThat(run.outLines().get(2))
                .matches("dir b\\.eml +succeeded +pjb-[0-9a-f-]{36}  warning: the mail has no text of its own; .*");
        assertThat(run.lastLine()).endsWith("2 succeeded, 0 failed, 0 mapping errors, 1 with warnings");
        assertThat(json.errLines().get(0)).endsWith(", 1 with warnings");
    }

    @Test
    void jobs_have_the_warnings_of_each_job_and_count_the_jobs_that_warn() throws IOException {
        write("a.txt", "text");
        write("b.eml", "From: a@b.example\nContent-Type: application/x; name=a.bin\n\nx\n");
        write("c.pdf", "%PDF-1.7\nnothing more");

        Run run = Program.run("parse", docs, "--output", out, "--jobs");

        Batch batch = BatchJson.acceptingAnyType().readBatch(run.outLines().get(0));
        String second = Objects.requireNonNull(
                        requireNonNull(batch.results()).get(1).jobReference())
                .id();
        assertThat(run.outLines()).hasSize(2);
        assertThat(run.outLines().get(1))
                .endsWith("],\"warnings\":{\"" + second
                        + "\":[\"the mail has no text of its own; attachments are named and not"
                        + " read: 1\"]},\"with_warnings\":1}");
    }

    @Test
    void warnings_of_an_earlier_run_are_not_counted() throws IOException {
        write("a.eml", "From: a@b.example\nContent-Type: application/x; name=a.bin\n\nx\n");
        Run first = Program.run("parse", docs, "--output", out);
        write("a.eml", "From: a@b.example\n\nx\n");
        Run second = Program.run("parse", docs, "--output", out, "--config", "cfg-PARSE_FAST");

        assertThat(first.lastLine()).endsWith(", 1 with warnings");
        assertThat(second.lastLine()).endsWith(" 0 mapping errors");
    }

    @Test
    void a_bad_document_ends_with_code_1_and_is_named_with_its_error() throws IOException {
        write("good.txt", "good");
        write("bad.pdf", "%PDF-1.7\nnothing more");

        Run run = Program.run("parse", docs, "--output", out);

        assertThat(run.code()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.outLines().get(1)).matches("bad\\.pdf +failed +pjb-[0-9a-f-]{36}  \\S.*");
        assertThat(run.lastLine()).endsWith(" COMPLETED: 2 files, 1 succeeded, 1 failed, 0 mapping errors");
        assertThat(names(out)).containsExactly("good.txt.md", "good.txt.meta.json");
    }

    @Test
    void json_is_all_of_standard_output_and_the_last_line_is_on_standard_error() throws IOException {
        write("b.txt", "b");
        write("a.txt", "a");
        write("bad.pdf", "%PDF-1.7\nnothing more");

        Run run = Program.run("parse", docs, "--output", out, "--json");

        Batch batch = run.json();
        assertThat(run.code()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.outLines()).hasSize(1);
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.err()).startsWith(batch.id() + " COMPLETED: 3 files, 2 succeeded, 1 failed, 0 mapping errors");
        assertThat(batch.status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(batch.sourceDirectoryId()).isEqualTo("dir-" + docs);
        assertThat(batch.projectId()).startsWith("prj-");
        assertThat(batch.config().job().configurationId()).isEqualTo("cfg-PARSE_AGENTIC");
        assertThat(batch.results())
                .extracting(BatchResult::sourceDirectoryFileId)
                .containsExactly("dfl-a.txt", "dfl-b.txt", "dfl-bad.pdf");
        assertThat(batch.results()).allSatisfy(result -> {
            assertThat(result.errorMessage()).isNull();
            assertThat(result.jobReference())
                    .isNotNull()
                    .extracting(JobReference::id)
                    .asString()
                    .startsWith("pjb-");
        });
    }

    @Test
    void jobs_tell_on_a_second_line_how_the_job_of_each_result_ended() throws IOException {
        write("a.txt", "a");
        write("bad.pdf", "%PDF-1.7\nnothing more");

        Run run = Program.run("parse", docs, "--output", out, "--jobs");

        assertThat(run.code()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.outLines()).hasSize(2);
        assertThat(run.outLines().get(0)).endsWith("}]}");
        assertThat(run.outLines().get(1))
                .startsWith("{\"jobs\":[{\"id\":\"pjb-")
                .containsPattern(
                        "\"status\":\"COMPLETED\".*},\\{\"id\".*\"status\":\"FAILED\",\"error_message\":\".+\"")
                .endsWith("}],\"warnings\":{},\"with_warnings\":0}");
        assertThat(run.errLines()).hasSize(1);
    }

    @Test
    void an_empty_directory_has_an_empty_array_of_jobs() {
        assertThat(Program.run("parse", docs, "--output", out, "--jobs")
                        .outLines()
                        .get(1))
                .isEqualTo("{\"jobs\":[],\"warnings\":{},\"with_warnings\":0}");
    }

    @Test
    void an_empty_directory_has_an_empty_array_of_results() throws IOException {
        Run run = Program.run("parse", docs, "--output", out, "--json");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("\"results\":[]}");
        assertThat(run.err())
                .endsWith("COMPLETED: 0 files, 0 succeeded, 0 failed, 0 mapping errors" + System.lineSeparator());
        assertThat(names(out)).isEmpty();
    }

    @Test
    void glob_and_recursion_choose_the_files() throws IOException {
        Files.createDirectories(docs.resolve("sub/deep"));
        write("a.txt", "a");
        write("a.md", "a");
        write("sub/b.txt", "b");
        write("sub/deep/c.txt", "c");

        assertThat(ids("--glob", "*.txt")).containsExactly("dfl-a.txt");
        assertThat(ids("--recursive", "--glob", "*.txt"))
                .containsExactly("dfl-a.txt", "dfl-sub/b.txt", "dfl-sub/deep/c.txt");
        assertThat(out.resolve("sub/deep/c.txt.md")).exists();
        assertThat(ids("--recursive", "--glob", "sub/*")).containsExactly("dfl-sub/b.txt");
    }

    @Test
    void an_output_folder_inside_the_directory_is_not_listed() throws IOException {
        write("a.txt", "a");
        out = docs.resolve("sub/out");

        assertThat(ids("--recursive")).containsExactly("dfl-a.txt");
        assertThat(ids("--recursive")).containsExactly("dfl-a.txt");
        assertThat(names(out)).containsExactly("a.txt.md", "a.txt.meta.json");
    }

    @Test
    void left_over_temporary_files_are_removed_and_others_kept() throws IOException {
        write("a.txt", "a");
        Files.createDirectories(out.resolve("sub"));
        Files.writeString(out.resolve("sub/.batch-engine-0123456789abcdef.tmp"), "half");
        Files.writeString(out.resolve("mine.tmp"), "mine");

        Program.run("parse", docs, "--output", out);

        assertThat(out.resolve("sub")).isEmptyDirectory();
        assertThat(out.resolve("mine.tmp")).exists();
    }

    @Test
    void names_that_forge_lines_are_shown_escaped() throws IOException {
        write("a\n\u001b[2Jb\u202e.txt", "a");
        write("\u6587\u66f8.txt", "b");
        write("plain.txt", "c");

        Run run = Program.run("parse", docs, "--output", out);

        assertThat(run.outLines()).hasSize(5);
        assertThat(run.out()).contains("a\\u000a\\u001b[2Jb\\u202e.txt", "\u6587\u66f8.txt");
        // As wide as the longest name, in columns of a terminal, where each of the two ideographs takes two.
        assertThat(run.outLines().get(2)).startsWith("a\\u000a\\u001b[2Jb\\u202e.txt  succeeded");
        assertThat(run.outLines().get(1)).startsWith("\u6587\u66f8.txt" + " ".repeat(21) + "succeeded");
    }

    @Test
    void a_file_that_no_job_can_have_is_a_mapping_error() throws IOException {
        String deep = ("\u6587".repeat(80) + "/").repeat(6);
        Files.createDirectories(Paths.of(docs + "/" + deep));
        write(deep + "a.txt", "its id would be too long");
        write("b.txt", "b");

        Run json = Program.run("parse", docs, "--output", out, "--recursive", "--json");
        Run table = Program.run("parse", docs, "--output", out, "--recursive");

        assertThat(json.code()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(json.results()).hasSize(2);
        assertThat(json.results().get(0).errorMessage()).contains("shorten the names");
        assertThat(json.results().get(0).jobReference()).isNull();
        assertThat(json.results().get(1).errorMessage()).isNull();
        assertThat(table.outLines().get(1)).containsPattern("  mapping error +- +the path .*shorten the names");
        assertThat(table.lastLine()).endsWith(" COMPLETED: 2 files, 1 succeeded, 0 failed, 1 mapping errors");
    }

    @Test
    void a_saved_configuration_is_taken_from_the_folder() throws IOException {
        write("a.html", "<h1>Title</h1><p>text</p>");
        Path saved = Files.createDirectory(folder.resolve("saved"));
        Files.writeString(
                saved.resolve("cfg-plain.json"), "{\"type\": \"parse_v2\", \"parameters\": {\"mode\": \"text\"}}");

        Run run = Program.run("parse", docs, "--output", out, "--configs", saved, "--config", "cfg-plain");

        assertThat(run.code()).isZero();
        assertThat(out.resolve("a.html.md")).content().contains("Title").doesNotContain("# Title");
    }

    @Test
    void what_is_no_regular_file_is_counted_in_the_log() throws Exception {
        write("a.txt", "a");
        Files.createSymbolicLink(docs.resolve("link"), docs.resolve("a.txt"));
        Files.createSymbolicLink(docs.resolve("loop"), docs);
        Path log = folder.resolve("run.log");

        Run run = Program.run("parse", docs, "--output", out, "--recursive", "--json", "--log", log);

        assertThat(run.json().results()).hasSize(1);
        assertThat(log).content().contains("2 symbolic link(s), 0 FIFO(s)");
        assertThat(run.errLines()).hasSize(1);
        assertThat(Program.run("parse", docs, "--output", out, "--verbose").err())
                .contains("2 symbolic link(s), 0 FIFO(s)");
    }

    @Test
    void an_interruption_before_the_batch_leaves_it_to_be_gone_on_with() throws IOException {
        write("a.txt", "a");

        Run run = Program.run(Program.interrupted(), "parse", docs, "--output", out, "--json");

        assertThat(run.code()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(run.errLines()).hasSize(2);
        assertThat(run.errLines().get(0)).startsWith(run.json().id() + " ");
        assertThat(run.errLines().get(1))
                .isEqualTo(Text.format(
                        "batch-docs: interrupted; to continue: batch-docs resume %s --store %s/batches.db",
                        run.json().id(), out));
        assertThat(run.json().status().isTerminal()).isFalse();
        assertThat(run.json().results()).isNull();
    }

    private List<String> ids(Object... flags) {
        Object[] args = Stream.concat(Stream.of("parse", docs, "--output", out, "--json"), Stream.of(flags))
                .toArray();
        return Program.run(args).results().stream()
                .map(BatchResult::sourceDirectoryFileId)
                .toList();
    }

    private void write(String name, String content) throws IOException {
        // Not by resolve, which takes no more than the locale's charset.
        Files.writeString(Paths.of(docs + "/" + name), content);
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
