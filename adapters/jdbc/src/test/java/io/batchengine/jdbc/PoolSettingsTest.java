package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.spi.store.ClaimRequest;
import io.batchengine.spi.store.DeleteRequest;
import io.batchengine.spi.store.RenewRequest;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A store works with connections of whatever settings, gives them back as they came, and takes no more of them than it says. */
class PoolSettingsTest {
    private static final int DEAD = 20_000;
    private static final List<String> SHOWN = List.of(
            "transaction_isolation",
            "default_transaction_isolation",
            "transaction_read_only",
            "lock_timeout",
            "statement_timeout",
            "idle_in_transaction_session_timeout",
            "idle_session_timeout",
            "search_path");

    @SuppressWarnings("NullAway.Init")
    private String url;

    @BeforeEach
    void makeDatabase() throws SQLException {
        url = TestPostgres.newDatabase();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRANSACTION_SERIALIZABLE", "TRANSACTION_REPEATABLE_READ"})
    void a_pool_of_other_settings_serves_and_gets_its_connections_back_as_they_were(String isolation) throws Exception {
        JdbcBatchStore.open(url).close(); // the tables
        Consumer<HikariConfig> settings = config -> {
            config.setAutoCommit(false);
            config.setReadOnly(true);
            config.setTransactionIsolation(isolation);
            config.setConnectionInitSql(
                    "set lock_timeout = '1ms'; set statement_timeout = '20s'; set idle_session_timeout = '1h'");
        };
        try (HikariDataSource pool = TestPool.of(url, 1, settings)) {
            List<String> before = settingsOf(pool);
            OpaqueSource watched = new OpaqueSource(pool);
            try (JdbcBatchStore store = JdbcBatchStore.builder()
                    .dataSource(watched.source())
                    .ownerLocks(false)
                    .build()) {
                callAll(store);
                assertThat(settingsOf(pool)).isEqualTo(before);
            }
            // Kept in the pool for the locks, and given back.
            try (HikariDataSource two = TestPool.of(url, 2, settings)) {
                OpaqueSource pair = new OpaqueSource(two);
                JdbcBatchStore store =
                        JdbcBatchStore.builder().dataSource(pair.source()).build();
                callAll(store);
                store.close();
                assertThat(pair.changed).isEmpty();
                try (Connection one = two.getConnection();
                        Connection other = two.getConnection()) {
                    assertThat(settingsOf(one)).isEqualTo(before);
                    assertThat(settingsOf(other)).isEqualTo(before);
                    assertThat(number(one, "select count(*) from pg_locks where locktype = 'advisory'"))
                            .isZero();
                }
            }
            assertThat(watched.changed).isEmpty();
        }
    }

    @Test
    void dead_rows_can_be_removed_while_an_engine_lives() throws Exception {
        TestPostgres.execute(url, "create table app(n integer) with (autovacuum_enabled = off)");
        try (HikariDataSource pool = TestPool.of(url, 3, config -> config.setAutoCommit(false));
                JdbcBatchStore store = JdbcBatchStore.builder()
                        .dataSource(new OpaqueSource(pool)
                                .source()) // no pool that is known, so the lock's connection is of it
                        .build()) {
            new TestBatches(store).running("bat-1");
            TestPostgres.execute(
                    url, "insert into app select generate_series(1, " + DEAD + ")", "delete from app", "vacuum app");
            assertThat(TestPostgres.number(url, "select pg_relation_size('app')"))
                    .as("pages of rows that are all dead and all removable")
                    .isZero();
        }
    }

    @Test
    void a_validation_query_that_leaves_a_transaction_open_is_taken_for_what_it_is() throws Exception {
        Consumer<HikariConfig> settings = config -> {
            config.setAutoCommit(false);
            config.setConnectionInitSql("set statement_timeout = '20s'; select 1");
        };
        try (HikariDataSource pool = TestPool.of(url, 2, settings)) {
            JdbcBatchStore store = JdbcBatchStore.builder()
                    .dataSource(new OpaqueSource(pool).source())
                    .build();
            callAll(store);
            store.close();
            assertThat(settingsOf(pool)).contains("autoCommit=false", "statement_timeout=20s");
        }
    }

    @Test
    void a_lease_that_is_shorter_than_the_timeouts_is_what_a_take_over_waits_for() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        Faulty source = new Faulty(() -> DriverManager.getConnection(url));
        Duration lease = Duration.ofSeconds(3);
        try (JdbcBatchStore zombie =
                        JdbcBatchStore.builder().dataSource(source.dataSource()).build();
                JdbcBatchStore other = JdbcBatchStore.open(url)) {
            TestBatches batches = new TestBatches(zombie);
            batches.create("bat-1");
            StoredBatch claimed = zombie.claim(ClaimRequest.builder()
                            .owner("one")
                            .claimToken(TestBatches.newToken())
                            .lease(lease)
                            .types(Set.of(TestBatches.TYPE))
                            .limit(9)
                            .at(TestBatches.NOON)
                            .build())
                    .get(0)
                    .batch();
            source.before("commit", () -> await(stopped));
            CompletableFuture<Verdict.Kind> late =
                    CompletableFuture.supplyAsync(() -> batches.commit(claimed, BatchStatus.RUNNING));
            long began = System.nanoTime();
            try {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> !new TestBatches(other).claim("two").isEmpty());
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(lease.plusSeconds(3));
            } finally {
                stopped.countDown();
            }
            assertThat(late).failsWithin(Duration.ofSeconds(20));
        }
    }

    @Test
    void timeouts_are_shortened_by_the_shortest_lease_alone() {
        TransactionStart start = TransactionStart.prepared(Settings.Timeouts.DEFAULT);
        assertThat(start.sql()).isNull();
        start.allowFor(Duration.ofSeconds(30));
        assertThat(start.sql()).as("the default lease costs no statement").isNull();
        start.allowFor(Duration.ofSeconds(3));
        start.allowFor(Duration.ofSeconds(9));
        assertThat(start.sql())
                .isEqualTo("set local lock_timeout = 2000; set local idle_in_transaction_session_timeout = 2000");
        TransactionStart unprepared = TransactionStart.unprepared(Settings.Timeouts.DEFAULT, 17, true);
        assertThat(unprepared.sql())
                .contains(
                        "read committed",
                        "lock_timeout = 5000",
                        "timeout = 10000",
                        "transaction_timeout = 0",
                        "synchronous_commit = on");
        unprepared.allowFor(Duration.ofSeconds(1));
        assertThat(unprepared.sql()).contains("lock_timeout = 666", "session_timeout = 666");
    }

    @Test
    void another_search_path_does_not_lead_to_other_tables() throws Exception {
        TestPostgres.execute(url, "create schema tenant");
        try (HikariDataSource pool = TestPool.of(url, 1)) {
            try (JdbcBatchStore store =
                    JdbcBatchStore.builder().dataSource(pool).build()) {
                try (Connection connection = pool.getConnection();
                        var statement = connection.createStatement()) {
                    statement.execute("set search_path to tenant");
                }
                callAll(store);
            }
            assertThat(TestPostgres.number(url, "select count(*) from pg_tables where schemaname = 'tenant'"))
                    .isZero();
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_hikari_pool_of_one_serves_and_has_no_leak_to_report() throws Exception {
        try (HikariDataSource pool = TestPool.of(url, 1);
                JdbcBatchStore store = JdbcBatchStore.builder().dataSource(pool).build()) {
            callAll(store);
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
            assertThat(TestPostgres.number(url, "select count(*) from pg_locks where locktype = 'advisory'"))
                    .isEqualTo(1);
            assertThat(store.warnings()).isEmpty();
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_pool_of_one_of_another_kind_is_refused_at_opening_with_the_number_that_is_needed() throws Exception {
        try (HikariDataSource pool = TestPool.of(url, 1)) {
            DataSource unknown = new OpaqueSource(pool).source();
            assertThatThrownBy(
                            () -> JdbcBatchStore.builder().dataSource(unknown).build())
                    .hasFieldOrPropertyWithValue("code", ErrorCode.STORE_UNAVAILABLE)
                    .hasMessageContaining("needs 2 connections")
                    .hasMessageContaining("ownerLockSource");
            try (JdbcBatchStore store = JdbcBatchStore.builder()
                    .dataSource(unknown)
                    .ownerLockSource(new DriverManagerDataSource(url))
                    .build()) {
                callAll(store);
            }
            try (JdbcBatchStore store = JdbcBatchStore.builder()
                    .dataSource(unknown)
                    .ownerLocks(false)
                    .build()) {
                callAll(store);
            }
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_pool_that_lets_wait_for_ever_is_refused_too() throws Exception {
        try (HikariDataSource pool = TestPool.of(url, 1, config -> config.setConnectionTimeout(0))) {
            DataSource unknown = new OpaqueSource(pool).source();
            assertThatThrownBy(() -> JdbcBatchStore.builder()
                            .dataSource(unknown)
                            .connectTimeout(Duration.ofMillis(500))
                            .build())
                    .hasMessageContaining("needs 2 connections");
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.isValid(1)).isTrue();
            }
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void nine_callers_inside_transactions_leave_a_pool_of_ten_enough() throws Exception {
        try (HikariDataSource pool = TestPool.of(url, 10);
                JdbcBatchStore store = JdbcBatchStore.builder().dataSource(pool).build()) {
            new TestBatches(store).running("bat-0");
            List<Connection> transactions = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                Connection own = pool.getConnection();
                own.setAutoCommit(false);
                assertThat(number(own, "select 1")).isEqualTo(1);
                transactions.add(own);
            }
            callAll(store);
            Connection tenth = pool.getConnection();
            assertThatThrownBy(() -> store.find(TestBatches.byId("bat-1")))
                    .hasFieldOrPropertyWithValue("code", ErrorCode.STORE_UNAVAILABLE)
                    .hasMessageContaining("no connection available within 2")
                    .hasMessageContaining("the pool has 10 at the most, 10 are in use");
            tenth.close();
            callAll(store);
            for (Connection own : transactions) {
                own.close();
            }
        }
    }

    @Test
    void a_sqlite_pool_that_is_too_small_is_refused_with_the_number_that_is_needed(@TempDir Path folder) {
        try (HikariDataSource pool = TestPool.of("jdbc:sqlite:" + folder.resolve("store.db"), 3)) {
            assertThatThrownBy(() -> JdbcBatchStore.builder().dataSource(pool).build())
                    .hasMessageContaining("needs 5 connections")
                    .hasMessageContaining("poolSize(");
            JdbcBatchStore store =
                    JdbcBatchStore.builder().dataSource(pool).poolSize(2).build();
            callAll(store);
            store.close();
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
    }

    @Test
    void sqlite_connections_go_back_as_they_came(@TempDir Path folder) throws Exception {
        String file = "jdbc:sqlite:" + folder.resolve("store.db");
        JdbcBatchStore.open(file).close();
        try (HikariDataSource pool = TestPool.of(file, 3, config -> {
            config.setAutoCommit(false);
            config.addDataSourceProperty("synchronous", "NORMAL");
            config.addDataSourceProperty("busy_timeout", "1234");
            config.addDataSourceProperty("cache_size", "-1000");
        })) {
            List<String> before = pragmasOf(pool);
            try (JdbcBatchStore store =
                    JdbcBatchStore.builder().dataSource(pool).poolSize(2).build()) {
                callAll(store);
            }
            try (Connection one = pool.getConnection();
                    Connection two = pool.getConnection();
                    Connection three = pool.getConnection()) {
                for (Connection connection : List.of(one, two, three)) {
                    assertThat(pragmasOf(connection)).isEqualTo(before);
                }
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void callAll(JdbcBatchStore store) {
        TestBatches batches = new TestBatches(store);
        StoredBatch running = batches.running("bat-1");
        store.requestCancel(TestBatches.byId("bat-1"));
        store.renew(RenewRequest.of("one", TestBatches.LEASE, List.of()));
        assertThat(batches.commit(running, BatchStatus.CANCELLED)).isEqualTo(Verdict.Kind.APPLIED);
        store.delete(new DeleteRequest.OneBatch(TestBatches.PROJECT, "bat-1"), 10);
    }

    private static List<String> settingsOf(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return settingsOf(connection);
        }
    }

    private static List<String> settingsOf(Connection connection) throws SQLException {
        List<String> found = new ArrayList<>();
        found.add("autoCommit=" + connection.getAutoCommit());
        found.add("readOnly=" + connection.isReadOnly());
        found.add("networkTimeout=" + connection.getNetworkTimeout());
        for (String name : SHOWN) {
            found.add(name + "=" + text(connection, "show " + name));
        }
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
        return found;
    }

    private static List<String> pragmasOf(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return pragmasOf(connection);
        }
    }

    private static List<String> pragmasOf(Connection connection) throws SQLException {
        List<String> found = new ArrayList<>();
        found.add("autoCommit=" + connection.getAutoCommit());
        for (String name : List.of(
                "synchronous",
                "busy_timeout",
                "cache_size",
                "query_only",
                "temp_store",
                "wal_autocheckpoint",
                "journal_size_limit",
                "fullfsync",
                "checkpoint_fullfsync")) {
            found.add(name + "=" + text(connection, "pragma " + name));
        }
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
        return found;
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        return Long.parseLong(text(connection, sql));
    }
}
