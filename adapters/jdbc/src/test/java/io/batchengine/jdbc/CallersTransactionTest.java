package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.DeleteReply;
import io.batchengine.spi.store.DeleteRequest;
import io.batchengine.spi.store.RenewRequest;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** A store by data source never works in a transaction of its caller, whoever binds it to whatever. */
class CallersTransactionTest {
    enum Server {
        POSTGRESQL,
        SQLITE
    }

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL, true, true", "POSTGRESQL, true, false", "POSTGRESQL, false, true", "POSTGRESQL, false, false",
        "SQLITE, true, true", "SQLITE, true, false", "SQLITE, false, true", "SQLITE, false, false"
    })
    void a_transaction_of_spring_ends_as_the_application_says(Server server, boolean begun, boolean commit)
            throws Exception {
        try (HikariDataSource pool = pool(server)) {
            DataSource proxy = new TransactionAwareDataSourceProxy(pool);
            JdbcTemplate application = new JdbcTemplate(proxy);
            TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(pool));
            try (JdbcBatchStore store =
                    JdbcBatchStore.builder().dataSource(proxy).poolSize(2).build()) {
                transaction.executeWithoutResult(status -> {
                    if (begun) {
                        application.update("insert into app values (0)");
                    }
                    if (begun && server == Server.SQLITE) {
                        callReads(store); // the file has one writer at a time, and the application is it
                    } else {
                        callAll(store);
                    }
                    application.update("insert into app values (1)");
                    if (!commit) {
                        status.setRollbackOnly();
                    }
                });
                assertThat(application.queryForObject("select count(*) from app", Integer.class))
                        .isEqualTo(!commit ? 0 : begun ? 2 : 1);
                callAll(store);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_store_that_is_opened_and_closed_inside_a_transaction_leaves_it_alone(Server server) throws Exception {
        try (HikariDataSource pool = pool(server)) {
            DataSource proxy = new TransactionAwareDataSourceProxy(pool);
            JdbcTemplate application = new JdbcTemplate(proxy);
            TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(pool));
            transaction.executeWithoutResult(status -> {
                if (server == Server.POSTGRESQL) {
                    application.update("insert into app values (1)");
                }
                try (JdbcBatchStore store =
                        JdbcBatchStore.builder().dataSource(proxy).poolSize(2).build()) {
                    new TestBatches(store).create("bat-1");
                }
                application.update("insert into app values (2)");
                status.setRollbackOnly();
            });
            assertThat(application.queryForObject("select count(*) from app", Integer.class))
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_connection_bound_to_a_thread_that_ignores_its_close_is_not_used(boolean children) throws Exception {
        Function<DataSource, BoundSource> framework =
                children ? BoundSource::toThreadAndItsChildren : BoundSource::toThread;
        for (Server server : Server.values()) {
            for (boolean commit : new boolean[] {true, false}) {
                try (HikariDataSource pool = pool(server)) {
                    BoundSource bound = framework.apply(pool);
                    Connection own = bound.begin();
                    try (JdbcBatchStore store = JdbcBatchStore.builder()
                            .dataSource(bound.source())
                            .poolSize(2)
                            .build()) {
                        callAll(store);
                        execute(own, "insert into app values (1)");
                        store.find(TestBatches.byId("bat-1"));
                        store.list(BatchQuery.builder()
                                .projectId(TestBatches.PROJECT)
                                .limit(10)
                                .build());
                        assertThat(own.getAutoCommit()).isFalse();
                        bound.end(own, commit);
                    }
                    assertThat(rows(pool)).isEqualTo(commit ? 1 : 0);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_transaction_that_all_threads_see_is_refused_before_anything_is_written(Server server) throws Exception {
        try (HikariDataSource pool = pool(server)) {
            BoundSource bound = BoundSource.toAll(pool);
            JdbcBatchStore.builder()
                    .dataSource(bound.source())
                    .poolSize(2)
                    .build()
                    .close();
            if (server == Server.POSTGRESQL) {
                try (JdbcBatchStore store =
                        JdbcBatchStore.builder().dataSource(bound.source()).build()) {
                    Connection own = bound.begin();
                    assertRefused(() -> new TestBatches(store).create("bat-1"));
                    execute(own, "insert into app values (1)");
                    assertRefused(() -> new TestBatches(store).create("bat-1"));
                    assertRefused(() -> store.find(TestBatches.byId("bat-1")));
                    assertRefused(() -> new TestBatches(store).claim("one"));
                    bound.end(own, false);
                    assertThat(rows(pool)).isZero();
                    new TestBatches(store).create("bat-1");
                }
            }
        }
    }

    @Test
    void an_open_transaction_is_noticed_where_all_connections_come_without_auto_commit() throws Exception {
        try (HikariDataSource pool = TestPool.of(databaseWithTable(), 5, config -> config.setAutoCommit(false))) {
            BoundSource bound = BoundSource.toAll(pool);
            Connection own = bound.begin();
            execute(own, "insert into app values (1)");
            assertRefused(
                    () -> JdbcBatchStore.builder().dataSource(bound.source()).build());
            execute(own, "insert into app values (2)");
            own.rollback();
            own.close();
        }
    }

    @Test
    void a_failure_tells_the_callers_stack_and_an_interrupt_stays() throws Exception {
        try (HikariDataSource pool = pool(Server.POSTGRESQL);
                JdbcBatchStore store = JdbcBatchStore.builder().dataSource(pool).build()) {
            Thread.currentThread().interrupt();
            new TestBatches(store).create("bat-1");
            assertThat(Thread.interrupted()).isTrue();
            TestPostgres.execute(pool.getJdbcUrl(), "drop table batch_engine_delayed, batch_engine_batch cascade");
            assertThatThrownBy(() -> store.find(TestBatches.byId("bat-1")))
                    .isInstanceOf(BatchEngineException.class)
                    .hasCauseInstanceOf(SQLException.class)
                    .satisfies(failure -> assertThat(failure.getStackTrace())
                            .extracting(StackTraceElement::getClassName)
                            .contains(PostgresDatabase.class.getName(), CallersTransactionTest.class.getName()));
        }
    }

    @Test
    void the_threads_of_calls_end_with_the_store() throws Exception {
        try (HikariDataSource pool = pool(Server.POSTGRESQL)) {
            JdbcBatchStore store = JdbcBatchStore.builder().dataSource(pool).build();
            new TestBatches(store).create("bat-1");
            assertThat(callThreads()).isNotEmpty();
            store.close();
            for (Thread thread : callThreads()) {
                thread.join(10_000);
            }
            assertThat(callThreads()).isEmpty();
            assertThatThrownBy(() -> store.find(TestBatches.byId("bat-1"))).hasMessageContaining("is closed");
        }
    }

    private static List<Thread> callThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("batch-engine-store-"))
                .toList();
    }

    private static void callReads(JdbcBatchStore store) {
        store.list(BatchQuery.builder().projectId(TestBatches.PROJECT).limit(10).build());
        store.find(TestBatches.byId("bat-0"));
        new TestBatches(store).files("bat-0");
    }

    /** Each call of a store, at least once, with a batch that is deleted at the end. */
    private static void callAll(JdbcBatchStore store) {
        callReads(store);
        TestBatches batches = new TestBatches(store);
        StoredBatch running = batches.running("bat-1");
        store.requestCancel(TestBatches.byId("bat-1"));
        store.renew(RenewRequest.of("one", TestBatches.LEASE, List.of()));
        assertThat(batches.commit(running, BatchStatus.CANCELLED)).isEqualTo(Verdict.Kind.APPLIED);
        assertThat(store.delete(new DeleteRequest.OneBatch(TestBatches.PROJECT, "bat-1"), 10)
                        .kind())
                .isEqualTo(DeleteReply.Kind.DELETED);
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TRANSACTION_ACTIVE))
                .hasMessageContaining("outside of transactions");
    }

    private HikariDataSource pool(Server server) throws SQLException {
        if (server == Server.POSTGRESQL) {
            return TestPool.of(databaseWithTable(), 5);
        }
        HikariDataSource pool = TestPool.of("jdbc:sqlite:" + folder.resolve("app-" + System.nanoTime() + ".db"), 5);
        try (Connection connection = pool.getConnection()) {
            execute(connection, "create table app(n integer)");
        }
        return pool;
    }

    private static String databaseWithTable() throws SQLException {
        String url = TestPostgres.newDatabase();
        TestPostgres.execute(url, "create table app(n integer)");
        return url;
    }

    private static int rows(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from app")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
