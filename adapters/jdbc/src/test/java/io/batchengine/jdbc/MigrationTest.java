package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The steps from one version of the schema to the next, by a made-up version 2. */
class MigrationTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private String url(SchemaTest.Kind kind) throws Exception {
        String url = switch (kind) {
            case SQLITE -> "jdbc:sqlite:" + folder.resolve("batches.db");
            case POSTGRES -> TestPostgres.newDatabase();
        };
        try (JdbcBatchStore store = JdbcBatchStore.open(url)) {
            new TestBatches(store).create("bat-1");
            new TestBatches(store).running("bat-2");
        }
        return url;
    }

    private static JdbcBatchStore open(String url, SchemaScripts scripts) {
        return JdbcBatchStore.builder().url(url).scripts(scripts).build();
    }

    private static void assertVersionOne(String url) throws Exception {
        assertThat(TestPostgres.number(
                        url, "select count(*) from batch_engine_meta where k like 'schema%' and v = '1'"))
                .isEqualTo(2);
        assertReadable(JdbcBatchStore.open(url));
    }

    private static void assertVersionTwo(String url) throws Exception {
        assertReadable(open(url, new NextSchema()));
        assertThat(TestPostgres.number(url, "select count(*) from batch_engine_batch where note = 'of ' || id"))
                .isEqualTo(2);
        assertThat(TestPostgres.number(url, "select count(*) from batch_engine_extra"))
                .isEqualTo(2);
    }

    private static void assertReadable(JdbcBatchStore opened) {
        try (JdbcBatchStore store = opened) {
            assertThat(new TestBatches(store).find("bat-1").id()).isEqualTo("bat-1");
            assertThat(new TestBatches(store).find("bat-2").state().epoch()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_store_is_brought_to_the_next_version_and_the_one_before_refuses_it(SchemaTest.Kind kind) throws Exception {
        String url = url(kind);
        open(url, new NextSchema()).close();
        assertVersionTwo(url);
        assertThatThrownBy(() -> JdbcBatchStore.open(url))
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
                .hasMessageContaining("schema version 2")
                .hasMessageContaining("knows up to 1: update it");
        assertVersionTwo(url);
    }

    @ParameterizedTest
    @EnumSource
    void an_empty_database_comes_to_the_newest_version_step_by_step(SchemaTest.Kind kind) throws Exception {
        String url = kind == SchemaTest.Kind.SQLITE
                ? "jdbc:sqlite:" + folder.resolve("other.db")
                : TestPostgres.newDatabase();
        try (JdbcBatchStore store = open(url, new NextSchema())) {
            new TestBatches(store).create("bat-1");
        }
        assertThat(TestPostgres.number(url, "select count(*) from batch_engine_extra"))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    void a_step_whose_statement_fails_leaves_the_version_before_as_it_was(SchemaTest.Kind kind) throws Exception {
        String url = url(kind);
        for (int place = 0; place <= NextSchema.STATEMENTS; place++) {
            NextSchema failing = NextSchema.failingAt(place);
            assertThatThrownBy(() -> open(url, failing))
                    .as("statement %d", place)
                    .isInstanceOf(BatchEngineException.class)
                    .hasMessageContaining("batch_engine_none");
            assertVersionOne(url);
        }
        open(url, new NextSchema()).close();
        assertVersionTwo(url);
    }

    @ParameterizedTest
    @EnumSource
    void a_process_that_ends_at_any_statement_leaves_the_step_undone(SchemaTest.Kind kind) throws Exception {
        String url = url(kind);
        for (int place = 0; place <= NextSchema.STATEMENTS; place++) {
            assertThat(halt(url, place)).as("statement %d", place).isEqualTo(NextSchema.ENDED);
            assertVersionOne(url);
        }
        open(url, new NextSchema()).close();
        assertVersionTwo(url);
    }

    private static int halt(String url, int place) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                NextSchema.Program.class.getName(),
                url,
                Integer.toString(place));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @ParameterizedTest
    @EnumSource
    void whoever_migrates_by_hand_runs_the_same_statements(SchemaTest.Kind kind) throws Exception {
        String url = url(kind);
        String database = kind == SchemaTest.Kind.SQLITE ? "sqlite" : "postgresql";
        var builder =
                JdbcBatchStore.builder().url(url).scripts(new NextSchema()).createSchema(false);
        assertThatThrownBy(builder::build)
                .hasMessageContaining("no tables batch_engine_* of schema version 2")
                .hasMessageContaining("schema/" + database + "-2.sql");
        TestPostgres.execute(
                url, new NextSchema().statements(database, 2, "batch_engine_").toArray(String[]::new));
        assertReadable(JdbcBatchStore.builder()
                .url(url)
                .scripts(new NextSchema())
                .createSchema(false)
                .build());
    }

    @ParameterizedTest
    @EnumSource
    void what_the_next_version_adds_is_asked_for_at_opening(SchemaTest.Kind kind) throws Exception {
        String url = url(kind);
        open(url, new NextSchema()).close();
        TestPostgres.execute(url, "drop index batch_engine_batch_note");
        assertThatThrownBy(() -> open(url, new NextSchema())).hasMessageContaining("batch_engine_batch_note");
        TestPostgres.execute(url, "alter table batch_engine_batch rename column note to remark");
        assertThatThrownBy(() -> open(url, new NextSchema())).hasMessageContaining("note");
    }

    @ParameterizedTest
    @EnumSource
    void a_script_that_does_not_write_its_version_is_undone(SchemaTest.Kind kind) throws Exception {
        String url = url(kind);
        assertThatThrownBy(() -> open(url, NextSchema.withoutVersion()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("-2.sql does not write its version");
        assertVersionOne(url);
    }

    @ParameterizedTest
    @EnumSource
    void tables_of_another_draft_are_refused_by_name(SchemaTest.Kind kind) throws Exception {
        String url = url(kind);
        for (String change : List.of(
                "update batch_engine_meta set v = 'abcd0123' where k = 'draft'",
                "delete from batch_engine_meta where k = 'draft'")) {
            TestPostgres.execute(url, change);
            for (SchemaScripts scripts : List.of(SchemaScripts.OF_THE_JAR, new NextSchema())) {
                assertThatThrownBy(() -> open(url, scripts))
                        .isInstanceOfSatisfying(
                                BatchEngineException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
                        .hasMessageContaining(change.startsWith("update") ? "draft \"abcd0123\"" : "draft \"none\"")
                        .hasMessageContaining("another file or table prefix");
            }
        }
    }

    @Test
    void several_that_open_an_old_database_at_a_time_run_each_step_once() throws Exception {
        String url = url(SchemaTest.Kind.POSTGRES);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> openings = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                openings.add(() -> {
                    open(url, new NextSchema()).close();
                    return true;
                });
            }
            for (Future<Boolean> opened : pool.invokeAll(openings)) {
                assertThat(opened.get()).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
        assertVersionTwo(url);
    }
}
