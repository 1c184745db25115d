package io.batchengine.benchmarks.lineup;

import io.batchengine.benchmarks.contender.Storage;
import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.jdbc.JdbcBatchStore;
import io.batchengine.spi.store.BatchStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The engine's stores as they are by default, each always new. */
final class EngineStores {
    private static final String PREFIX = "engine_";

    private EngineStores() {}

    /** Opens a store that knows nothing. */
    static BatchStore open(Storage storage) throws IOException, SQLException {
        if (storage instanceof Storage.Sqlite sqlite) {
            Path file = sqlite.folder().resolve("engine.db");
            for (String suffix : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(Path.of(file + suffix));
            }
            return JdbcBatchStore.sqlite(file);
        }
        if (storage instanceof Storage.Postgresql server) {
            dropTables(server.url());
            return JdbcBatchStore.builder()
                    .url(server.url())
                    .tablePrefix(PREFIX)
                    .build();
        }
        return new InMemoryBatchStore();
    }

    private static void dropTables(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            List<String> names = new ArrayList<>();
            try (ResultSet tables = statement.executeQuery(
                    "select tablename from pg_tables where tablename like '" + PREFIX.replace("_", "\\_") + "%'")) {
                while (tables.next()) {
                    names.add(tables.getString(1));
                }
            }
            for (String name : names) {
                statement.execute("drop table " + name + " cascade");
            }
        }
    }
}
