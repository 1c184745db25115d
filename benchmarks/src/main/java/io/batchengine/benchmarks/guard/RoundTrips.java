package io.batchengine.benchmarks.guard;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.jdbc.JdbcBatchStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts calls of the store, and statements and transactions of its database, per 10,000 files. */
final class RoundTrips {
    private RoundTrips() {}

    /** Calls of whatever store. */
    static Map<String, Double> calls() {
        Map<String, Double> measured = new TreeMap<>();
        for (Scenario scenario : Scenario.values()) {
            Counts calls = new Counts();
            scenario.count("store", new InMemoryBatchStore(() -> 0), calls, calls, measured);
        }
        return measured;
    }

    /** Statements of SQLite files in a folder. */
    static Map<String, Double> sqlite(Path folder) throws SQLException {
        Map<String, Double> measured = new TreeMap<>();
        for (Scenario scenario : Scenario.values()) {
            String url = "jdbc:sqlite:" + folder.resolve(scenario.name() + ".db");
            statements("sqlite", "batch_engine_", url, scenario, measured);
        }
        return measured;
    }

    /** Statements of a PostgreSQL server that is started here. */
    static Map<String, Double> postgresql() throws IOException, SQLException {
        Map<String, Double> measured = new TreeMap<>();
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            String url = server.getJdbcUrl("postgres", "postgres");
            for (Scenario scenario : Scenario.values()) {
                statements("postgresql", scenario.name().toLowerCase(Locale.ROOT) + "_", url, scenario, measured);
            }
        }
        return measured;
    }

    private static void statements(
            String database, String tables, String url, Scenario scenario, Map<String, Double> measured)
            throws SQLException {
        Counts statements = new Counts();
        try (CountingDataSource source = new CountingDataSource(() -> DriverManager.getConnection(url), statements);
                JdbcBatchStore store = JdbcBatchStore.builder()
                        .dataSource(source.proxy())
                        .tablePrefix(tables)
                        .build()) {
            scenario.count(database, store, new Counts(), statements, measured);
        }
    }
}
