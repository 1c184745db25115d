package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.BatchStoreProvider;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcBatchStoreProviderTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void it_is_found_by_name_and_takes_every_property() throws Exception {
        BatchStoreProvider provider = ServiceLoader.load(BatchStoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.name().equals("jdbc"))
                .findFirst()
                .orElseThrow();
        Map<String, String> properties = Map.of(
                "url", "jdbc:sqlite:" + folder.resolve("a.db"),
                "pool-size", "2",
                "table-prefix", "x_",
                "create-schema", "true",
                "read-only", "false",
                "owner-locks", "false",
                "lock-timeout", "100",
                "idle-in-transaction-timeout", "100",
                "socket-timeout", "2000",
                "connect-timeout", "1000");
        try (BatchStore store = provider.create(properties)) {
            assertThat(store.toString()).contains("a.db");
            new TestBatches(store).create("bat-1");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    pool_size     | 3     | unknown property "pool_size"
                    pool-size     | many  | property pool-size is "many"
                    pool-size     | 0     | pool size 0
                    table-prefix  | a;b   | table prefix "a;b"
                    table-prefix  | A     | table prefix "A"
                    create-schema | yes   | create-schema is "yes"
                    lock-timeout  | 0     | PT0S
                    lock-timeout  | 5s    | lock-timeout is "5s"
                    url           | jdbc:h2:x | neither jdbc:sqlite: nor jdbc:postgresql:
                    user          | me    | no user
                    """)
    void an_unknown_key_or_a_wrong_value_is_refused_by_name(String key, String value, String message) {
        Map<String, String> properties = new HashMap<>(Map.of("url", "jdbc:sqlite:" + folder.resolve("a.db")));
        properties.put(key, value);
        assertThatThrownBy(() -> new JdbcBatchStoreProvider().create(properties))
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessageContaining(message);
    }

    @Test
    void the_url_is_required() {
        assertThatThrownBy(() -> new JdbcBatchStoreProvider().create(Map.of()))
                .hasMessageContaining("property url is missing");
        assertThatThrownBy(() -> JdbcBatchStore.builder().build())
                .hasMessageContaining("one of a url, a file and a data source");
        assertThatThrownBy(() -> JdbcBatchStore.builder()
                        .url("jdbc:sqlite:a.db")
                        .file(folder.resolve("a.db"))
                        .build())
                .hasMessageContaining("one of a url, a file and a data source");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a?b.db",
                "a#b%20c.db",
                ":memory:",
                ":resource:x",
                "b\u00e4tch \u4e2d.db",
                "file:x",
                "a?mode=memory&key=x",
                "x\ny;z"
            })
    void a_file_has_any_name(String name) {
        Path file = folder.resolve(name);
        JdbcBatchStore.sqlite(file).close();
        assertThat(file).isNotEmptyFile();
        for (String property : List.of(file.toUri().toASCIIString(), file.toString())) {
            try (BatchStore store = new JdbcBatchStoreProvider().create(Map.of("file", property))) {
                assertThat(store.toString()).contains("JdbcBatchStore");
                assertThatThrownBy(() -> JdbcBatchStore.sqlite(file)).hasMessageContaining("is open in this process");
            }
        }
        try (JdbcBatchStore reader =
                JdbcBatchStore.builder().file(file).readOnly(true).build()) {
            assertThat(new TestBatches(reader).files("bat-1")).isEmpty();
        }
        assertThat(folder)
                .isDirectoryNotContaining(
                        other -> !other.getFileName().toString().startsWith(name));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    jdbc:postgresql://localhost:99999/db | port "99999"
                    jdbc:postgresql://localhost:0/db     | port "0"
                    jdbc:postgresql://localhost:/db      | port ""
                    jdbc:postgresql://one,two:54a/db     | port "54a"
                    jdbc:postgresql://::1/db             | square brackets
                    jdbc:postgresql://[::1]:-1/db?user=x | port "-1"
                    """)
    void a_wrong_port_is_told_as_such(String url, String message) {
        assertThatThrownBy(() -> JdbcBatchStore.open(url))
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://localhost:1/db?user=me&password=s3cret",
        "jdbc:postgresql://me:s3cret@localhost:1/db",
        "jdbc:sqlite:a.db?cipher=x&key=s3cret",
        "jdbc:sqlite:file:a.db?hexkey=s3cret",
        "jdbc:postgresql:/db?password=s3cret",
        "jdbc:postgresql://localhost:1x/db?password=s3cret",
        "jdbc:postgresql://localhost:1/db?ssl=false&password=s3cret&connectTimeout=1",
        "jdbc:other://me:s3cret@host/db"
    })
    void a_password_shows_in_no_message(String url) {
        assertThatThrownBy(() -> JdbcBatchStore.open(url)).satisfies(JdbcBatchStoreProviderTest::tellsNoSecret);
        assertThat(JdbcBatchStore.builder()
                        .url(url)
                        .password("s3cret")
                        .settings()
                        .toString())
                .doesNotContain("s3cret");
    }

    private static void tellsNoSecret(Throwable failure) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            assertThat(one.toString()).doesNotContain("s3cret");
        }
    }
}
