package io.batchengine.jdbc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A table, an index or a key of the schema is gone: the store says so when it is opened, before anything goes by it. */
class MissingSchemaTest {
    enum Kind {
        SQLITE,
        POSTGRESQL;

        String file() {
            return "schema/" + (this == SQLITE ? "sqlite" : "postgresql") + "-1.sql";
        }
    }

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private String made(Kind kind) throws Exception {
        String url = kind == Kind.SQLITE ? "jdbc:sqlite:" + folder.resolve("batches.db") : TestPostgres.newDatabase();
        try (JdbcBatchStore store = JdbcBatchStore.open(url)) {
            new TestBatches(store).create("bat-1");
        }
        return url;
    }

    private static String script(Kind kind) throws IOException {
        try (InputStream in = JdbcBatchStore.class.getResourceAsStream(kind.file())) {
            return new String(requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${prefix}", "batch_engine_");
        }
    }

    private static List<String> statements(Kind kind, String beginning) throws IOException {
        Matcher matcher = Pattern.compile("(?m)^" + beginning + "[^;]*;").matcher(script(kind));
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    private static String nameIn(String statement) {
        return statement.replaceFirst("(?s)create (unique )?(index|table) (\\w+).*", "$3");
    }

    private static void assertRefused(Kind kind, String url, String... parts) {
        for (boolean readOnly : new boolean[] {true, false}) {
            assertThatThrownBy(() ->
                            JdbcBatchStore.builder().url(url).readOnly(readOnly).build())
                    .isInstanceOfSatisfying(
                            BatchEngineException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
                    .hasMessageContaining("add what is missing")
                    .hasMessageContaining(kind.file())
                    .satisfies(e -> assertThat(e.getMessage()).contains(parts));
        }
    }

    private static void assertMissing(String url, String table) {
        assertThatThrownBy(() -> JdbcBatchStore.open(url))
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
                .hasMessageContaining(table)
                .hasMessageMatching("(?s).*(missing|no such table).*");
    }

    @ParameterizedTest
    @EnumSource
    void each_index_is_asked_for(Kind kind) throws Exception {
        String url = made(kind);
        List<String> indexes = statements(kind, "create (unique )?index ");
        assertThat(indexes).hasSizeGreaterThan(15);
        for (String index : indexes) {
            TestPostgres.execute(url, "drop index " + nameIn(index));
            assertRefused(kind, url, "the index " + nameIn(index) + " is missing");
            TestPostgres.execute(url, index);
        }
        JdbcBatchStore.open(url).close();
    }

    @ParameterizedTest
    @EnumSource
    void each_table_is_asked_for(Kind kind) throws Exception {
        String url = made(kind);
        for (String table : statements(kind, "create table ")) {
            String name = nameIn(table);
            if (!name.endsWith("meta")) { // without that one there is no store
                TestPostgres.execute(url, "alter table " + name + " rename to away");
                assertMissing(url, name);
                TestPostgres.execute(url, "alter table away rename to " + name);
            }
        }
        JdbcBatchStore.open(url).close();
    }

    /** As a dump that was loaded without its constraints leaves them. */
    @ParameterizedTest
    @EnumSource
    void each_key_is_asked_for(Kind kind) throws Exception {
        for (String table : List.of("snapshot", "page", "success", "file", "delayed", "meta")) {
            String name = "batch_engine_" + table;
            String url = made(kind);
            if (kind == Kind.SQLITE) {
                TestPostgres.execute(
                        url,
                        "create table copy as select * from " + name,
                        "drop table " + name,
                        "alter table copy rename to " + name);
            } else {
                TestPostgres.execute(url, "alter table " + name + " drop constraint " + name + "_pkey");
            }
            assertRefused(kind, url, "the table " + name, "no key keeps rows apart by (");
            if (kind == Kind.SQLITE) {
                deleteFiles();
            }
        }
    }

    private void deleteFiles() throws IOException {
        for (Path file : new StoreFiles(folder.resolve("batches.db")).all()) {
            Files.deleteIfExists(file);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_index_of_the_idempotency_keys_that_keeps_nothing_apart_is_refused(Kind kind) throws Exception {
        String url = made(kind);
        String name = "batch_engine_batch_key";
        for (String index : List.of(
                "create index %s on batch_engine_batch(project, idempotency_key) where idempotency_key is not null",
                "create unique index %s on batch_engine_batch(id, idempotency_key) where idempotency_key is not null",
                "create unique index %s on batch_engine_batch(project, idempotency_key) where status < 3")) {
            TestPostgres.execute(url, "drop index " + name, index.replace("%s", name));
            assertRefused(kind, url, "the index " + name + " does not keep rows apart by (project, idempotency_key)");
        }
    }

    @Test
    void the_ids_of_batches_must_be_unique() throws Exception {
        String url = made(Kind.POSTGRESQL);
        TestPostgres.execute(url, "alter table batch_engine_batch drop constraint batch_engine_batch_id_key");
        assertRefused(Kind.POSTGRESQL, url, "no key keeps rows apart by (id)");
    }

    /** Made by an earlier version: the store makes the table of the mark with its first mark. */
    @Test
    void a_sqlite_store_without_a_mark_gets_one() throws Exception {
        String url = made(Kind.SQLITE);
        TestPostgres.execute(url, "drop table batch_engine_mark", "delete from batch_engine_meta where k = 'mark'");
        try (JdbcBatchStore store = JdbcBatchStore.open(url)) {
            new TestBatches(store).create("bat-2");
        }
        assertThat(TestPostgres.number(url, "select count(*) from batch_engine_mark"))
                .isEqualTo(1);
    }
}
