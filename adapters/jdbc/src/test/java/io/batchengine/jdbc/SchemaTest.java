package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaTest {
    enum Kind {
        SQLITE,
        POSTGRES
    }

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private String url(Kind kind) throws Exception {
        return switch (kind) {
            case SQLITE -> "jdbc:sqlite:" + folder.resolve("batches.db");
            case POSTGRES -> TestPostgres.newDatabase();
        };
    }

    @ParameterizedTest
    @EnumSource
    void tables_are_made_once_and_found_again(Kind kind) throws Exception {
        String url = url(kind);
        try (JdbcBatchStore store = JdbcBatchStore.open(url)) {
            new TestBatches(store).create("bat-1");
        }
        try (JdbcBatchStore store =
                JdbcBatchStore.builder().url(url).createSchema(false).build()) {
            assertThat(new TestBatches(store).find("bat-1").id()).isEqualTo("bat-1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void two_prefixes_are_two_stores(Kind kind) throws Exception {
        String url = url(kind);
        try (JdbcBatchStore store =
                JdbcBatchStore.builder().url(url).tablePrefix("a_").build()) {
            new TestBatches(store).create("bat-1");
        }
        try (JdbcBatchStore store =
                JdbcBatchStore.builder().url(url).tablePrefix("b_").build()) {
            assertThat(store.find(TestBatches.byId("bat-1"))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void missing_tables_are_told_where_none_are_to_be_made(Kind kind) throws Exception {
        String url = url(kind);
        var builder = JdbcBatchStore.builder().url(url).createSchema(false);
        assertThatThrownBy(builder::build)
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
                .hasMessageContaining("no tables batch_engine_* of schema version 1")
                .hasMessageContaining("schema/" + (kind == Kind.SQLITE ? "sqlite" : "postgresql") + "-1.sql");
        JdbcBatchStore.open(url).close();
    }

    @ParameterizedTest
    @EnumSource
    void the_script_run_by_hand_makes_the_same(Kind kind) throws Exception {
        String url = url(kind);
        String resource = kind == Kind.SQLITE ? "schema/sqlite-1.sql" : "schema/postgresql-1.sql";
        try (InputStream in = JdbcBatchStore.class.getResourceAsStream(resource);
                Connection connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            assertThat(in).isNotNull();
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("${prefix}", "batch_engine_");
            for (String one : script.replaceAll("(?m)^--.*$", "").split(";\\s*\n", -1)) {
                if (!one.isBlank()) {
                    statement.execute(one);
                }
            }
        }
        try (JdbcBatchStore store =
                JdbcBatchStore.builder().url(url).createSchema(false).build()) {
            new TestBatches(store).running("bat-1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_column_or_table_that_is_gone_is_told_before_a_job_runs(Kind kind) throws Exception {
        String url = url(kind);
        JdbcBatchStore.open(url).close();
        TestPostgres.execute(url, "alter table batch_engine_file rename column job_id to job");
        for (boolean creates : new boolean[] {true, false}) {
            assertThatThrownBy(() -> JdbcBatchStore.builder()
                            .url(url)
                            .createSchema(creates)
                            .build())
                    .isInstanceOfSatisfying(
                            BatchEngineException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
                    .hasMessageContaining("the table batch_engine_file is not as schema/")
                    .hasMessageContaining("job_id");
        }
        TestPostgres.execute(url, "alter table batch_engine_file rename column job to job_id");
        JdbcBatchStore.open(url).close();
        TestPostgres.execute(url, "drop table batch_engine_delayed");
        assertThatThrownBy(() -> JdbcBatchStore.open(url))
                .isInstanceOf(BatchEngineException.class)
                .hasMessageContaining("batch_engine_delayed");
    }

    @ParameterizedTest
    @EnumSource
    void newer_and_damaged_tables_are_refused(Kind kind) throws Exception {
        String url = url(kind);
        JdbcBatchStore.open(url).close();
        TestPostgres.execute(url, "update batch_engine_meta set v = '2' where k like 'schema%'");
        assertThatThrownBy(() -> JdbcBatchStore.open(url))
                .isInstanceOf(BatchEngineException.class)
                .hasMessageContaining("schema version 2")
                .hasMessageContaining("up to 1");
        TestPostgres.execute(url, "update batch_engine_meta set v = 'x' where k like 'schema%'");
        assertCorrupt(url, "tells \"x\"");
        TestPostgres.execute(url, "update batch_engine_meta set v = '1' where k like 'schema%'");
        TestPostgres.execute(url, "update batch_engine_meta set v = '3' where k = 'schema'");
        assertCorrupt(url, "tells \"3\" and \"1\"");
        TestPostgres.execute(url, "update batch_engine_meta set v = '1' where k like 'schema%'");
        JdbcBatchStore.open(url).close();
    }

    private static void assertCorrupt(String url, String message) {
        assertThatThrownBy(() -> JdbcBatchStore.open(url))
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_CORRUPT))
                .hasMessageContaining(message);
    }

    @Test
    void many_that_open_an_empty_database_at_a_time_make_it_once() throws Exception {
        String url = TestPostgres.newDatabase();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<JdbcBatchStore>> opening = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                opening.add(threads.submit(
                        () -> JdbcBatchStore.builder().url(url).poolSize(1).build()));
            }
            for (int i = 0; i < 6; i++) {
                try (JdbcBatchStore store = opening.get(i).get()) {
                    new TestBatches(store).create("bat-" + i);
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
