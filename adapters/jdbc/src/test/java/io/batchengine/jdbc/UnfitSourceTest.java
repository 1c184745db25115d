package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A data source that no store can work with says what is wrong with it, not that its pool is too small. */
class UnfitSourceTest {
    private static final String POOL_TOO_SMALL = "enlarge the pool";

    @SuppressWarnings("NullAway.Init")
    private String url;

    @BeforeEach
    void makeDatabase() throws SQLException {
        url = TestPostgres.newDatabase();
    }

    private interface Opener {
        @Nullable
        Connection open() throws SQLException;
    }

    private static DataSource source(Opener opener) {
        return proxy(DataSource.class, (self, method, args) -> {
            if (!method.getName().equals("getConnection")) {
                throw new SQLFeatureNotSupportedException(method.getName());
            }
            return opener.open();
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(UnfitSourceTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** As a container gives it where it ends the transactions itself. */
    private static Connection managed(Connection connection) {
        return proxy(Connection.class, (self, method, args) -> {
            if (method.getName().equals("setAutoCommit")) {
                throw new SQLException("cannot set autocommit in a managed transaction", "25000");
            }
            try {
                return method.invoke(connection, args);
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        });
    }

    private static JdbcBatchStore open(DataSource source) {
        return JdbcBatchStore.builder()
                .dataSource(source)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
    }

    @Test
    void one_that_answers_null_is_told_as_that() {
        assertThatThrownBy(() -> open(source(() -> null)))
                .hasFieldOrPropertyWithValue("code", ErrorCode.STORE_UNAVAILABLE)
                .hasMessageContaining("the data source answered null")
                .hasMessageNotContaining(POOL_TOO_SMALL);
    }

    @Test
    void one_that_answers_null_later_is_told_in_health_until_it_does_not() {
        AtomicBoolean none = new AtomicBoolean();
        try (JdbcBatchStore store = open(source(() -> none.get() ? null : DriverManager.getConnection(url)))) {
            none.set(true);
            assertThatThrownBy(() -> store.find(TestBatches.byId("bat-1")))
                    .hasMessageContaining("the data source answered null");
            assertThat(store.warnings()).singleElement().asString().contains("the data source answered null");
            none.set(false);
            assertThat(store.find(TestBatches.byId("bat-1"))).isEmpty();
            assertThat(store.warnings()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void one_of_managed_transactions_is_told_as_that(boolean comesInAutoCommit) {
        DataSource managed = source(() -> {
            Connection connection = DriverManager.getConnection(url);
            connection.setAutoCommit(comesInAutoCommit);
            return managed(connection);
        });
        assertThatThrownBy(() -> open(managed))
                .isInstanceOf(BatchEngineException.class)
                .hasMessageContaining("container-managed transactions")
                .hasMessageContaining("cannot set autocommit in a managed transaction");
    }

    /** A broken connection refuses it too. */
    @Test
    void a_connection_that_is_lost_is_not_taken_for_a_managed_one() {
        AtomicBoolean lost = new AtomicBoolean();
        DataSource source = source(() -> {
            Connection connection = DriverManager.getConnection(url);
            if (lost.get()) {
                connection.close();
                return proxy(Connection.class, (self, method, args) -> {
                    if (method.getName().equals("isClosed")) {
                        return false;
                    }
                    throw new SQLException("This connection has been closed.", "08003");
                });
            }
            return connection;
        });
        try (JdbcBatchStore store = open(source)) {
            lost.set(true);
            assertThatThrownBy(() -> new TestBatches(store).create("bat-1"))
                    .hasFieldOrPropertyWithValue("code", ErrorCode.STORE_UNAVAILABLE)
                    .hasMessageNotContaining("container-managed");
        }
    }

    @Test
    void a_hikari_pool_that_was_closed_is_told_as_that() {
        HikariDataSource pool = TestPool.of(url, 4);
        try (JdbcBatchStore store = open(pool)) {
            pool.close();
            assertClosed(store);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Data source is closed",
                "Connection pool closed.",
                "This pool is closed and does not handle any more connections!",
                "com.example.PooledDataSource@1 has been closed() -- you can no longer use it."
            })
    void so_is_a_pool_of_another_kind(String words) {
        AtomicBoolean closed = new AtomicBoolean();
        DataSource pool = source(() -> {
            if (closed.get()) {
                throw new SQLException(words);
            }
            return DriverManager.getConnection(url);
        });
        try (JdbcBatchStore store = open(pool)) {
            closed.set(true);
            assertClosed(store);
        }
    }

    private static void assertClosed(JdbcBatchStore store) {
        assertThatThrownBy(() -> store.find(TestBatches.byId("bat-1")))
                .hasFieldOrPropertyWithValue("code", ErrorCode.STORE_UNAVAILABLE)
                .hasMessageContaining("the pool is closed")
                .hasMessageNotContaining(POOL_TOO_SMALL);
        assertThat(store.warnings()).singleElement().asString().contains("the pool is closed");
    }
}
