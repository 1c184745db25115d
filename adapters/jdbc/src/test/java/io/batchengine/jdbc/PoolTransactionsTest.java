package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever a pool, a role or a database sets, what the store needs holds in its transactions and for the session of its locks. */
class PoolTransactionsTest {
    @SuppressWarnings("NullAway.Init")
    private String url;

    @BeforeEach
    void makeDatabase() throws SQLException {
        url = TestPostgres.newDatabase();
    }

    @Test
    void what_holds_in_a_transaction_of_the_store_is_its_own() throws Exception {
        JdbcBatchStore.open(url).close(); // the tables
        TestPostgres.execute(
                url,
                "create table seen(name text, setting text)",
                "create function see() returns trigger language plpgsql as $$ begin insert into seen"
                        + " select name, setting from pg_settings where name in ('transaction_isolation', 'lock_timeout',"
                        + " 'statement_timeout', 'idle_in_transaction_session_timeout'); return new; end $$",
                "create trigger see before insert on batch_engine_batch for each row execute function see()");
        Consumer<HikariConfig> settings = config -> {
            config.setAutoCommit(false);
            config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
            config.setConnectionInitSql("set lock_timeout = '60s'; set statement_timeout = '1h';"
                    + " set idle_in_transaction_session_timeout = '1h'");
        };
        try (HikariDataSource pool = TestPool.of(url, 2, settings);
                JdbcBatchStore store = JdbcBatchStore.builder()
                        .dataSource(new OpaqueSource(pool).source())
                        .build()) {
            new TestBatches(store).create("bat-1");
        }
        assertThat(seen())
                .containsOnly(
                        Map.entry("transaction_isolation", "read committed"),
                        Map.entry("lock_timeout", "5000"),
                        Map.entry("statement_timeout", "30000"),
                        Map.entry("idle_in_transaction_session_timeout", "10000"));
    }

    private Map<String, String> seen() throws SQLException {
        Map<String, String> seen = new TreeMap<>();
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select name, setting from seen")) {
            while (rows.next()) {
                seen.put(rows.getString(1), rows.getString(2));
            }
        }
        return seen;
    }

    @Test
    void a_server_that_ends_idle_sessions_leaves_the_one_of_the_locks() throws Exception {
        Consumer<HikariConfig> settings = config -> config.setConnectionInitSql("set idle_session_timeout = '300ms'");
        try (HikariDataSource pool = TestPool.of(url, 3, settings);
                JdbcBatchStore store = JdbcBatchStore.builder()
                        .dataSource(new OpaqueSource(pool).source())
                        .build()) {
            new TestBatches(store).running("bat-1");
            String locks = "select coalesce(min(pid), 0) from pg_locks where locktype = 'advisory'";
            long holder = TestPostgres.number(url, locks);
            assertThat(holder).isPositive();
            assertThat(TestPostgres.number(url, "select count(pg_sleep(1)) from (" + locks + ") held"))
                    .isEqualTo(1);
            assertThat(TestPostgres.number(url, locks)).isEqualTo(holder);
        }
    }
}
