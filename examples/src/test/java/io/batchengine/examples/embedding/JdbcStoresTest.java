package io.batchengine.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.jdbc.JdbcBatchStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** What needs no server; the module of the store tests the rest. */
class JdbcStoresTest {
    @Test
    void a_store_works_over_a_data_source(@TempDir Path folder) {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("batches.db"));
        try (JdbcBatchStore store = JdbcStores.overDataSource(source)) {
            assertThat(store.warnings()).isEmpty();
        }
    }
}
