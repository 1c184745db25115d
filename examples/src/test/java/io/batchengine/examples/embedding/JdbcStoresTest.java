package io.batchengine.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.jdbc.JdbcBatchStore;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.DriverManager;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs no server; the module of the store tests the rest. */
class JdbcStoresTest {
    @Test
    void a_store_works_over_a_data_source(@TempDir Path folder) {
        String url = "jdbc:sqlite:" + folder.resolve("batches.db");
        DataSource source = (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getConnection" -> DriverManager.getConnection(url);
                    case "isWrapperFor" -> false;
                    default -> throw new UnsupportedOperationException(method.toString());
                });
        try (JdbcBatchStore store = JdbcStores.overDataSource(source)) {
            assertThat(store.warnings()).isEmpty();
        }
    }
}
