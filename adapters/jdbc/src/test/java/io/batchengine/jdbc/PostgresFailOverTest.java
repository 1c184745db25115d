package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.batchengine.BatchEngine;
import io.batchengine.EngineHealth;
import io.batchengine.bundled.JobFactories;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.store.RenewRequest;
import io.batchengine.spi.store.StoredBatch;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers behind one address: the first becomes read-only and goes on answering, new connections lead to the second. */
@SuppressWarnings("NullAway.Init")
class PostgresFailOverTest {
    private static EmbeddedPostgres first;
    private static EmbeddedPostgres second;
    private SwitchingProxy proxy;

    @BeforeAll
    static void startServers() {
        first = TestPostgres.start();
        second = TestPostgres.start();
    }

    @AfterAll
    static void stopServers() throws Exception {
        first.close();
        second.close();
    }

    @BeforeEach
    void emptyTables() throws Exception {
        for (EmbeddedPostgres server : List.of(first, second)) {
            readOnly(server, false);
            TestPostgres.execute(url(server.getPort()), "drop schema if exists public cascade", "create schema public");
            JdbcBatchStore.open(url(server.getPort())).close();
        }
        proxy = new SwitchingProxy(first.getPort());
    }

    @AfterEach
    void closeProxy() throws Exception {
        proxy.close();
        readOnly(first, false);
    }

    @Test
    void a_store_by_url_finds_the_new_primary_with_the_next_call() throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.open(url(proxy.port()))) {
            warmUp(store);
            failOver();
            assertReadOnlyOnceThenServed(store);
        }
    }

    @Test
    void so_does_one_on_the_callers_pool_all_of_whose_connections_are_old() throws Exception {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(url(proxy.port()));
            pool.setMaximumPoolSize(6);
            pool.setMinimumIdle(6);
            try (JdbcBatchStore store =
                    JdbcBatchStore.builder().dataSource(pool).build()) {
                warmUp(store);
                List<Connection> all = new ArrayList<>();
                for (int i = 0; i < 5; i++) { // one is the store's for its locks, if it takes it from the pool
                    all.add(pool.getConnection());
                }
                for (Connection one : all) {
                    one.close();
                }
                failOver();
                assertReadOnlyOnceThenServed(store);
                // Each read asks the new primary, too: the first server does not know this batch.
                for (int i = 0; i < 12; i++) {
                    assertThat(new TestBatches(store).find("bat-after").id()).isEqualTo("bat-after");
                }
                assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void a_pool_that_keeps_what_it_has_is_made_to_drop_it() throws Exception {
        try (KeepingPool pool = new KeepingPool(url(proxy.port()), 3);
                JdbcBatchStore store =
                        JdbcBatchStore.builder().dataSource(pool.dataSource()).build()) {
            warmUp(store);
            failOver();
            assertReadOnlyOnceThenServed(store);
        }
    }

    @Test
    void a_pool_that_hands_out_closed_connections_gets_each_back_and_they_are_passed_over() throws Exception {
        try (CarelessPool pool = new CarelessPool(url(proxy.port()), 3, true);
                JdbcBatchStore store = JdbcBatchStore.builder()
                        .dataSource(pool.dataSource())
                        .ownerLocks(false)
                        .build()) {
            warmUp(store);
            failOver();
            pool.add(url(proxy.port()));
            assertReadOnlyOnceThenServed(store);
            for (int i = 0; i < 9; i++) { // three of four are closed, and the pool gives them by turns
                assertThat(new TestBatches(store).find("bat-after").id()).isEqualTo("bat-after");
            }
            assertThat(pool.idle()).isEqualTo(4);
        }
    }

    @Test
    void the_owners_lock_moves_to_the_new_primary() throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.open(url(proxy.port()))) {
            warmUp(store);
            store.renew(RenewRequest.of("one", TestBatches.LEASE, List.of()));
            assertThat(advisoryLocks(first)).isEqualTo(1);
            failOver();
            assertThatThrownBy(() -> store.renew(RenewRequest.of("one", TestBatches.LEASE, List.of())))
                    .isInstanceOf(BatchEngineException.class);
            store.renew(RenewRequest.of("one", TestBatches.LEASE, List.of()));
            assertThat(advisoryLocks(first)).isZero();
            assertThat(advisoryLocks(second)).isEqualTo(1);
        }
    }

    @Test
    void a_server_that_is_read_only_for_everybody_is_told_until_it_is_not() throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.open(url(proxy.port()))) {
            warmUp(store);
            readOnly(first, true);
            int before = proxy.connections();
            for (int i = 0; i < 5; i++) {
                assertReadOnly(store);
                assertThat(store.warnings()).singleElement().asString().contains("read-only");
                assertThat(new TestBatches(store).find("bat-before").id()).isEqualTo("bat-before");
            }
            assertThat(proxy.connections() - before)
                    .as("connections that were opened for it")
                    .isLessThanOrEqualTo(16);
            readOnly(first, false);
            new TestBatches(store).create("bat-after");
            assertThat(store.warnings()).isEmpty();
        }
    }

    @Test
    void connections_that_a_network_has_cut_cost_one_call() throws Exception {
        try (KeepingPool pool = new KeepingPool(url(proxy.port()), 3);
                JdbcBatchStore store =
                        JdbcBatchStore.builder().dataSource(pool.dataSource()).build()) {
            warmUp(store);
            proxy.cut();
            assertThatThrownBy(() -> new TestBatches(store).create("bat-1"))
                    .isInstanceOfSatisfying(
                            BatchEngineException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
                    .hasMessageContaining("connection was lost");
            assertThat(store.warnings()).singleElement().asString().contains("connection was lost");
            new TestBatches(store).create("bat-1");
            assertThat(store.warnings()).isEmpty();
        }
    }

    @Test
    void an_engine_says_so_in_its_health_and_goes_on(@TempDir Path inbox) throws Exception {
        Files.createFile(inbox.resolve("a"));
        try (BatchEngine engine = BatchEngine.builder()
                .sourceDirectory(NioSourceDirectory.of(Map.of("dir-inbox", inbox)))
                .jobFactory(JobFactories.blocking("test_v1", "tst-", job -> Outcome.succeeded()))
                .store("jdbc", Map.of("url", url(proxy.port())))
                .build()) {
            var batches = engine.batches();
            String before =
                    batches.create("dir-inbox", TestBatches.TYPE, "cfg-a").id();
            assertThat(batches.await(before, Duration.ofSeconds(30)).status()).isEqualTo(BatchStatus.COMPLETED);
            readOnly(first, true);
            assertThatThrownBy(() -> batches.create("dir-inbox", TestBatches.TYPE, "cfg-a"))
                    .hasMessageContaining("targetServerType=primary");
            assertThat(engine.health().status()).isEqualTo(EngineHealth.Status.DEGRADED);
            assertThat(engine.health().problems()).anyMatch(problem -> problem.contains("read-only"));
            proxy.switchTo(second.getPort());
            // A connection that a poll has opened in between leads to the first server, and costs one more call.
            String after = Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .ignoreExceptionsInstanceOf(BatchEngineException.class)
                    .until(
                            () -> batches.create("dir-inbox", TestBatches.TYPE, "cfg-a")
                                    .id(),
                            id -> true);
            // So may a look for its end: the first server knows nothing of the batch.
            BatchStatus end = Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(BatchEngineException.class)
                    .until(() -> batches.await(after, Duration.ofSeconds(30)).status(), BatchStatus::isTerminal);
            assertThat(end).isEqualTo(BatchStatus.COMPLETED);
            assertThat(engine.health().problems()).isEmpty();
            assertThat(TestPostgres.number(url(second.getPort()), "select count(*) from batch_engine_batch"))
                    .isEqualTo(1);
        }
    }

    @Test
    void of_several_hosts_the_primary_is_opened() throws Exception {
        readOnly(first, true);
        String both = Text.format(
                "jdbc:postgresql://localhost:%d,localhost:%d/postgres?user=postgres",
                first.getPort(), second.getPort());
        try (JdbcBatchStore store = JdbcBatchStore.open(both)) {
            new TestBatches(store).create("bat-1");
        }
        assertThat(TestPostgres.number(url(second.getPort()), "select count(*) from batch_engine_batch"))
                .isEqualTo(1);
    }

    private void failOver() throws SQLException {
        readOnly(first, true);
        proxy.switchTo(second.getPort());
    }

    private static void warmUp(JdbcBatchStore store) {
        StoredBatch created = new TestBatches(store).create("bat-before");
        assertThat(new TestBatches(store).find("bat-before")).isEqualTo(created);
        assertThat(store.warnings()).isEmpty();
    }

    private static void assertReadOnlyOnceThenServed(JdbcBatchStore store) throws Exception {
        assertReadOnly(store);
        assertThat(store.warnings()).singleElement().asString().contains("read-only");
        new TestBatches(store).create("bat-after");
        assertThat(store.warnings()).isEmpty();
        assertThat(new TestBatches(store).find("bat-after").id()).isEqualTo("bat-after");
        assertThat(TestPostgres.number(url(second.getPort()), "select count(*) from batch_engine_batch"))
                .isEqualTo(1);
    }

    private static void assertReadOnly(JdbcBatchStore store) {
        assertThatThrownBy(() -> new TestBatches(store).create("bat-after"))
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
                .hasMessageContaining("read-only")
                .hasMessageContaining("targetServerType=primary");
    }

    private static long advisoryLocks(EmbeddedPostgres server) throws SQLException {
        return TestPostgres.number(url(server.getPort()), "select count(*) from pg_locks where locktype = 'advisory'");
    }

    /** For old and new sessions; returns when the old ones have noticed. */
    private static void readOnly(EmbeddedPostgres server, boolean on) throws SQLException {
        String url = url(server.getPort());
        TestPostgres.execute(
                url,
                "set default_transaction_read_only = off",
                "alter system set default_transaction_read_only = " + (on ? "on" : "off"),
                "select pg_reload_conf()");
        Awaitility.await()
                .until(() -> TestPostgres.number(
                                url, "select current_setting('default_transaction_read_only')::boolean::integer")
                        == (on ? 1 : 0));
    }

    private static String url(int port) {
        return Text.format("jdbc:postgresql://localhost:%d/postgres?user=postgres", port);
    }
}
