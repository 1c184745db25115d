package io.batchengine.jdbc;

import io.batchengine.model.Text;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.testkit.BatchStoreContract;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.BeforeAll;

/** The contract on PostgreSQL, whose own clock measures leases: a test moves the leases instead. */
class PostgresContractTest extends BatchStoreContract {
    private static final List<String> TABLES = List.of("batch", "snapshot", "page", "file", "delayed", "owner");

    @SuppressWarnings("NullAway.Init")
    private static String url;

    private final List<String> prefixes = new ArrayList<>();

    @BeforeAll
    static void makeDatabase() throws SQLException {
        url = TestPostgres.newDatabase();
    }

    @Override
    protected BatchStore openStore(LongSupplier ticker) throws SQLException {
        prefixes.add("store" + prefixes.size() + "_");
        JdbcBatchStore store = open();
        TestPostgres.execute(
                url,
                "truncate " + String.join(", ", TABLES.stream().map(this::table).toList()));
        return store;
    }

    @Override
    protected Optional<BatchStore> reopenStore(LongSupplier ticker) {
        return Optional.of(open());
    }

    @Override
    protected Optional<BatchStore> openSecondStore(LongSupplier ticker) {
        return Optional.of(open());
    }

    @Override
    protected void advanceLease(Duration time) throws SQLException {
        for (String prefix : prefixes) {
            TestPostgres.execute(
                    url,
                    Text.format(
                            "update %sowner set lease_until_us = lease_until_us - %d", prefix, time.toNanos() / 1_000));
        }
    }

    /** The connections that stay: the server takes a moment to end the process of one that was closed. */
    @Override
    protected List<String> openHandles() throws SQLException {
        try {
            Awaitility.await().until(() -> connections().isEmpty());
        } catch (ConditionTimeoutException stay) {
            return connections();
        }
        return List.of();
    }

    /** The connections to this test's database, without the one that asks. */
    private static List<String> connections() throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select pid, state, backend_start::text, left(query, 100) from pg_stat_activity"
                                + " where datname = current_database() and pid <> pg_backend_pid()")) {
            while (rows.next()) {
                found.add(Text.format(
                        "connection %d, %s, since %s, last: %s",
                        rows.getInt(1), rows.getString(2), rows.getString(3), rows.getString(4)));
            }
        }
        return found;
    }

    private JdbcBatchStore open() {
        return JdbcBatchStore.builder()
                .url(url)
                .tablePrefix(prefixes.get(prefixes.size() - 1))
                .build();
    }

    private String table(String name) {
        return prefixes.get(prefixes.size() - 1) + name;
    }
}
