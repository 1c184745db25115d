package io.batchengine.examples.embedding;

import io.batchengine.BatchEngineBuilder;
import io.batchengine.jdbc.JdbcBatchStore;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;

/** The ways to open a store in a database. Whoever opens a store by {@code build()} closes it, after the engine. */
final class JdbcStores {
    private JdbcStores() {}

    static JdbcBatchStore readOnly() {
        // README:begin sqlite-read-only
        JdbcBatchStore store = JdbcBatchStore.builder()
                .file(Path.of("batches.db"))
                .readOnly(true)
                .build();
        // README:end sqlite-read-only
        return store;
    }

    static void backup(JdbcBatchStore store) {
        // README:begin backup
        store.backup(Path.of("backups/batches-monday.db")); // a JdbcBatchStore
        // README:end backup
    }

    static void postgres(BatchEngineBuilder builder) {
        // README:begin postgres-url
        builder.store(
                "jdbc", Map.of("url", "jdbc:postgresql://db.example.com/jobs", "user", "app", "password", "secret"));
        // README:end postgres-url
    }

    static JdbcBatchStore overDataSource(DataSource dataSource) {
        // README:begin data-source
        JdbcBatchStore store = JdbcBatchStore.builder().dataSource(dataSource).build();
        // README:end data-source
        return store;
    }

    static JdbcBatchStore besideAPooler(DataSource pooled, DataSource direct) {
        // README:begin owner-lock-source
        JdbcBatchStore store = JdbcBatchStore.builder()
                .dataSource(pooled)
                .ownerLockSource(direct)
                .build();
        // README:end owner-lock-source
        return store;
    }
}
