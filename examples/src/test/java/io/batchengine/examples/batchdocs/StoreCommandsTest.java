package io.batchengine.examples.batchdocs;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.examples.batchdocs.Program.Run;
import io.batchengine.jdbc.JdbcBatchStore;
import io.batchengine.model.BatchResult;
import io.batchengine.spi.store.BatchStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StoreCommandsTest {
    private static final Pattern TOKEN = Pattern.compile("\"next_page_token\":\"([^\"]+)\"");

    @TempDir
    Path folder;

    private Path docs;
    private Path store;

    @BeforeEach
    void directories() throws IOException {
        docs = Files.createDirectory(folder.resolve("docs"));
        store = folder.resolve("kept/batches.db");
        Files.writeString(docs.resolve("a.txt"), "first");
        Files.writeString(docs.resolve("bad.pdf"), "%PDF-1.7\nnothing more");
    }

    @Test
    void list_tells_the_newest_first_for_people() {
        String first = parse();
        String second = parse("--config", "cfg-PARSE_FAST");

        List<String> lines = run("list").outLines();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).matches("ID +STATUS +CREATED +FILES +CONFIGURATION +DIRECTORY");
        assertThat(lines.get(1)).matches(second + " +COMPLETED +\\S+Z +2/2 +cfg-PARSE_FAST +" + docs);
        assertThat(lines.get(2)).matches(first + " +COMPLETED +\\S+Z +2/2 +cfg-PARSE_AGENTIC +" + docs);
    }

    @Test
    void list_as_json_is_the_list_resource_with_pages() {
        String first = parse();
        String second = parse();

        String page = run("list", "--json", "--page-size", 1).out();
        Matcher token = TOKEN.matcher(page);

        assertThat(page).startsWith("{\"items\":[{\"id\":\"" + second).contains("\"total_size\":2}");
        assertThat(token.find()).isTrue();
        assertThat(run("list", "--json", "--page-size", 1, "--page-token", token.group(1))
                        .out())
                .startsWith("{\"items\":[{\"id\":\"" + first);
        assertThat(run("list", "--page-size", 1).lastLine()).startsWith("more with --page-token ");
        assertThat(run("list", "--json", "--status", "FAILED", "--status", "RUNNING")
                        .out())
                .isEqualTo("{\"items\":[],\"next_page_token\":null,\"total_size\":0}" + System.lineSeparator());
    }

    @Test
    void a_forged_page_token_is_refused() {
        parse();

        assertThat(run("list", "--page-token", "forged"))
                .satisfies(run -> assertThat(run.code()).isEqualTo(ExitCode.USAGE))
                .satisfies(run -> assertThat(run.errLines()).hasSize(1));
    }

    @Test
    void show_tells_a_batch_and_how_far_it_is() {
        String id = parse();

        Run table = run("show", id);
        Run json = run("show", id, "--json");

        assertThat(table.out()).containsPattern("directory +" + docs).containsPattern("type +parse_v2");
        assertThat(table.lastLine()).isEqualTo(id + " COMPLETED: 2 files, 1 succeeded, 1 failed, 0 mapping errors");
        assertThat(json.json().id()).isEqualTo(id);
        assertThat(json.json().results()).isNull();
        assertThat(json.err().strip()).isEqualTo(table.lastLine());
    }

    @Test
    void results_are_told_file_by_file() throws IOException {
        Files.writeString(docs.resolve("c.txt"), "third");
        String id = parse();

        Run table = run("results", id);
        Run json = run("results", id, "--json", "--page-size", 2);

        assertThat(table.outLines()).hasSize(5);
        assertThat(table.outLines().get(1)).matches("a\\.txt +succeeded +pjb-\\S+");
        assertThat(table.outLines().get(2)).matches("bad\\.pdf +failed +pjb-\\S+ +\\S.*");
        assertThat(table.lastLine()).startsWith(id + " COMPLETED: 3 files, 2 succeeded, 1 failed");
        assertThat(json.outLines()).hasSize(2);
        assertThat(json.outLines().get(0))
                .startsWith("{\"items\":[{\"source_directory_file_id\":\"dfl-a.txt\"")
                .containsPattern(TOKEN);
        assertThat(json.outLines().get(1))
                .startsWith("{\"items\":[{\"source_directory_file_id\":\"dfl-c.txt\"")
                .endsWith("],\"next_page_token\":null,\"total_size\":null}");
    }

    @Test
    void results_as_json_tell_which_jobs_failed_and_why_beside_the_wire_form() throws Exception {
        Files.writeString(docs.resolve("c.txt"), "third");
        Files.writeString(docs.resolve("z".repeat(251) + ".txt"), "its output has no name");
        String id = parse();

        List<JsonNode> pages = new ArrayList<>();
        for (String line : run("results", id, "--json", "--page-size", 2).outLines()) {
            pages.add(JsonMapper.shared().readTree(line));
        }

        List<String> told = new ArrayList<>();
        for (JsonNode page : pages) {
            assertThat(page.propertyNames()).containsExactly("items", "jobs", "next_page_token", "total_size");
            assertThat(page.get("jobs").size()).isEqualTo(page.get("items").size());
            for (int i = 0; i < page.get("items").size(); i++) {
                JsonNode result = page.get("items").get(i);
                JsonNode job = page.get("jobs").get(i);
                assertThat(result.propertyNames())
                        .containsExactly("source_directory_file_id", "error_message", "job_reference");
                if (!job.isNull()) {
                    assertThat(job.get("id"))
                            .isEqualTo(result.get("job_reference").get("id"));
                    assertThat(job.get("file_id")).isEqualTo(result.get("source_directory_file_id"));
                    told.add(job.get("status").stringValue() + " " + job.get("error_message"));
                } else {
                    assertThat(result.get("error_message").stringValue()).isNotEmpty();
                    told.add("none");
                }
            }
        }
        assertThat(told).hasSizeGreaterThanOrEqualTo(4);
        assertThat(told.get(0)).isEqualTo("COMPLETED null");
        assertThat(told.get(1)).startsWith("FAILED \"").hasSizeGreaterThan(10);
        assertThat(told.get(2)).isEqualTo("COMPLETED null");
    }

    @Test
    void an_unknown_batch_is_told() {
        parse();

        for (String command : List.of("show", "results", "cancel", "resume")) {
            assertThat(run(command, "bat-01a20a4a-4dbe-7b1f-9bdc-72bd00000000"))
                    .as(command)
                    .satisfies(run -> assertThat(run.code()).isEqualTo(ExitCode.USAGE))
                    .satisfies(run -> assertThat(run.err()).startsWith("batch-docs: there is no batch \"bat-01a2"));
        }
    }

    @Test
    void a_store_that_another_process_holds_is_read_but_not_run() {
        String id = parse();

        try (BatchStore held = JdbcBatchStore.sqlite(store)) {
            assertThat(held).isNotNull();
            for (Object[] command : new Object[][] {{"parse", docs}, {"resume"}, {"resume", id}, {"cancel", id}}) {
                Run run = run(command);
                assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.STORE_IN_USE);
                assertThat(run.errLines()).hasSize(1);
                assertThat(run.err()).contains("another process holds the store " + store);
            }
            assertThat(run("list").out()).contains(id);
            assertThat(run("show", id).out()).contains(id);
            assertThat(run("results", id).out()).contains("a.txt  ");
        }
        assertThat(run("parse", docs).code()).isEqualTo(ExitCode.SOME_FAILED);
    }

    @Test
    void a_file_that_is_no_store_is_told_and_kept() throws IOException {
        Path file = folder.resolve("notes.txt");
        Files.writeString(file, "nothing of a database\n".repeat(400));

        for (Object[] command : new Object[][] {{"parse", docs}, {"resume"}, {"list"}, {"show", "bat-1"}}) {
            Object[] args = with(command, "--store", file, "--output", folder.resolve("out"));
            Run run = Program.run(args);
            assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.USAGE);
            assertThat(run.errLines()).hasSize(1);
            assertThat(run.err()).startsWith("batch-docs: the store \"" + file + "\" can't be opened; ");
        }
        assertThat(file).content().hasSize(22 * 400);
    }

    @Test
    void a_store_of_a_newer_version_is_told_and_kept() throws Exception {
        String id = parse();
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + store);
                Statement statement = database.createStatement()) {
            statement.execute("update batch_engine_meta set v = '99'");
        }

        for (Object[] command : new Object[][] {{"parse", docs}, {"resume", id}, {"list"}, {"cancel", id}}) {
            Run run = run(command);
            assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.USAGE);
            assertThat(run.errLines()).hasSize(1);
            assertThat(run.err()).contains("schema version 99");
        }
    }

    @Test
    void a_store_among_the_documents_is_none_of_them() {
        Path within = docs.resolve("state.db");

        for (int i = 0; i < 2; i++) {
            Run run = Program.run(
                    "parse", docs, "--store", within, "--output", folder.resolve("out"), "--json", "--recursive");
            assertThat(run.results())
                    .extracting(BatchResult::sourceDirectoryFileId)
                    .containsExactly("dfl-a.txt", "dfl-bad.pdf");
        }
    }

    private String parse(Object... more) {
        return run(with(new Object[] {"parse", docs, "--json"}, more)).json().id();
    }

    private Run run(Object... command) {
        return Program.run(with(command, "--store", store, "--output", folder.resolve("out")));
    }

    private static Object[] with(Object[] command, Object... more) {
        Object[] all = Arrays.copyOf(command, command.length + more.length);
        System.arraycopy(more, 0, all, command.length, more.length);
        return all;
    }
}
