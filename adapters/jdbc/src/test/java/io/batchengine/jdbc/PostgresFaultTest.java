package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.spi.store.RenewRequest;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresFaultTest {
    private static final String CUT =
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";

    @SuppressWarnings("NullAway.Init")
    private String url;

    @BeforeEach
    void makeDatabase() throws SQLException {
        url = TestPostgres.newDatabase();
    }

    @Test
    void a_killed_engine_loses_its_batches_before_its_lease_lapses() throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.open(url)) {
            TestBatches batches = new TestBatches(store);
            batches.create("bat-1");
            try (ChildStore child = ChildStore.start(url)) {
                assertThat(child.told()).isEqualTo("claimed 1");
                assertThat(batches.claim("two")).isEmpty();
                child.kill();
                // The server finds out by the closed socket; the lease of 30 s has hardly begun.
                Awaitility.await()
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> !batches.claim("two").isEmpty());
            }
            assertThat(batches.find("bat-1").state().crashes()).isEqualTo(1);
        }
    }

    @Test
    void without_locks_of_owners_only_the_lease_tells() throws Exception {
        try (JdbcBatchStore one =
                JdbcBatchStore.builder().url(url).ownerLocks(false).build()) {
            new TestBatches(one).create("bat-1");
            assertThat(new TestBatches(one).claim("one")).hasSize(1);
            assertThat(TestPostgres.number(url, "select count(*) from pg_locks where locktype = 'advisory'"))
                    .isZero();
        }
        try (JdbcBatchStore two = JdbcBatchStore.open(url)) {
            assertThat(new TestBatches(two).claim("two")).isEmpty();
            TestPostgres.execute(url, "update batch_engine_owner set lease_until_us = 0");
            assertThat(new TestBatches(two).claim("two")).hasSize(1);
        }
    }

    @Test
    void every_connection_cut_is_told_and_made_good() throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.open(url);
                JdbcBatchStore other = JdbcBatchStore.open(url)) {
            TestBatches batches = new TestBatches(store);
            StoredBatch running = batches.running("bat-1");
            TestPostgres.execute(url, CUT);
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> renews(store));
            assertThat(TestPostgres.number(url, "select count(*) from pg_locks where locktype = 'advisory'"))
                    .as("the owner's lock is held again")
                    .isEqualTo(1);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> claims(other).isEmpty());
            assertThat(batches.commit(running, BatchStatus.COMPLETED)).isEqualTo(Verdict.Kind.APPLIED);
        }
    }

    @Test
    void a_server_that_was_started_anew_takes_no_batch_from_the_living() throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.open(url);
                JdbcBatchStore other = JdbcBatchStore.open(url)) {
            new TestBatches(store).running("bat-1");
            // As after a restart: the locks are gone, and the server tells another time of its start.
            TestPostgres.execute(
                    url, "update batch_engine_owner set server_started_us = server_started_us - 1, lock_key = 1");
            assertThat(new TestBatches(other).claim("two")).isEmpty();
            TestPostgres.execute(url, "update batch_engine_owner set lease_until_us = 0");
            assertThat(new TestBatches(other).claim("two")).hasSize(1);
        }
    }

    @Test
    void a_row_that_a_stopped_transaction_holds_is_not_waited_for() throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.builder()
                        .url(url)
                        .lockTimeout(Duration.ofMillis(200))
                        .build();
                Connection stopped = DriverManager.getConnection(url)) {
            TestBatches batches = new TestBatches(store);
            StoredBatch running = batches.running("bat-1");
            batches.create("bat-2");
            batches.create("bat-3");
            stopped.setAutoCommit(false);
            try (var statement = stopped.createStatement()) {
                statement.execute("update batch_engine_batch set crashes = 0 where id in ('bat-1', 'bat-2')");
            }
            assertThat(batches.claim("two")).extracting(StoredBatch::id).containsExactly("bat-3");
            assertUnavailable(() -> store.requestCancel(TestBatches.byId("bat-2")), "lock timeout");
            assertUnavailable(() -> batches.commit(running, BatchStatus.COMPLETED), "lock timeout");
            assertThat(store.renew(RenewRequest.of("one", TestBatches.LEASE, List.of()))
                            .held())
                    .hasSize(1);
            stopped.rollback();
            assertThat(batches.commit(running, BatchStatus.COMPLETED)).isEqualTo(Verdict.Kind.APPLIED);
        }
    }

    @Test
    void the_timeouts_hold_in_the_connections_of_a_pool_and_of_a_data_source() throws Exception {
        Faulty faulty = new Faulty(() -> DriverManager.getConnection(url));
        for (var builder : List.of(
                JdbcBatchStore.builder().url(url),
                JdbcBatchStore.builder().url(url).ownerLocks(false),
                JdbcBatchStore.builder().dataSource(faulty.dataSource()))) {
            try (JdbcBatchStore store = builder.lockTimeout(Duration.ofMillis(150))
                            .idleInTransactionTimeout(Duration.ofSeconds(7))
                            .build();
                    Connection stopped = DriverManager.getConnection(url)) {
                stopped.setAutoCommit(false);
                try (var statement = stopped.createStatement()) {
                    statement.execute("lock table batch_engine_batch in exclusive mode");
                }
                assertUnavailable(() -> new TestBatches(store).create("bat-1"), "lock timeout");
            }
        }
    }

    @Test
    void a_data_source_is_never_closed_and_gets_all_its_connections_back() throws Exception {
        Faulty faulty = new Faulty(() -> DriverManager.getConnection(url));
        JdbcBatchStore store =
                JdbcBatchStore.builder().dataSource(faulty.dataSource()).build();
        TestBatches batches = new TestBatches(store);
        StoredBatch running = batches.running("bat-1");
        faulty.fail("commit", new SQLException("injected"), true);
        assertUnavailable(() -> batches.commit(running, BatchStatus.COMPLETED), "injected");
        assertThat(batches.find("bat-1").state().status()).isEqualTo(BatchStatus.COMPLETED);
        store.close();
        store.close();
        assertThat(faulty.wasClosed).isFalse();
        for (Connection connection : faulty.opened) {
            assertThat(connection.isClosed()).isTrue();
        }
        assertUnavailable(() -> batches.find("bat-1"), "is closed");
    }

    @Test
    void a_closed_store_leaves_no_connection() throws Exception {
        JdbcBatchStore store = JdbcBatchStore.open(url);
        new TestBatches(store).running("bat-1");
        store.close();
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> TestPostgres.number(
                                url,
                                "select count(*) from pg_stat_activity where datname = current_database()"
                                        + " and pid <> pg_backend_pid()")
                        == 0);
    }

    @Test
    void a_reader_writes_nothing() {
        try (JdbcBatchStore store = JdbcBatchStore.open(url);
                JdbcBatchStore reader =
                        JdbcBatchStore.builder().url(url).readOnly(true).build()) {
            new TestBatches(store).create("bat-1");
            assertThat(new TestBatches(reader).find("bat-1").id()).isEqualTo("bat-1");
            assertUnavailable(() -> new TestBatches(reader).create("bat-2"), "reading only");
        }
    }

    @Test
    void an_interrupted_thread_reads_and_writes_and_stays_interrupted() {
        Thread.currentThread().interrupt();
        try (JdbcBatchStore store = JdbcBatchStore.open(url)) {
            assertThat(new TestBatches(store).running("bat-1").id()).isEqualTo("bat-1");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static boolean renews(JdbcBatchStore store) {
        try {
            return store.renew(RenewRequest.of("one", TestBatches.LEASE, List.of()))
                            .held()
                            .size()
                    == 1;
        } catch (BatchEngineException cut) {
            assertThat(cut.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
            return false;
        }
    }

    private static List<StoredBatch> claims(JdbcBatchStore store) {
        try {
            return new TestBatches(store).claim("two");
        } catch (BatchEngineException cut) {
            assertThat(cut.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
            return List.of();
        }
    }

    private static void assertUnavailable(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
                .hasMessageContaining(message);
    }
}
