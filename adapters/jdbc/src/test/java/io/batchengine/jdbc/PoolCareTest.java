package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.agroal.api.AgroalDataSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.apache.tomcat.jdbc.pool.PooledConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A pool that does not notice by itself that a connection is of no use is told so, before the connection goes back. */
class PoolCareTest {
    private final List<AgroalDataSource.FlushMode> flushed = new ArrayList<>();
    private final PooledConnection pooled = new PooledConnection();

    @Test
    void tomcat_is_told_of_the_connection() {
        PoolCare.of(source(DataSource.class)).discard(tomcatHandle(List.of(), null));

        assertThat(pooled.isDiscarded()).isTrue();
    }

    @Test
    void agroal_replaces_its_connections_as_they_come_back_and_cuts_none_that_is_in_use() {
        PoolCare.of(source(AgroalDataSource.class)).discard(unwrapping(null));

        assertThat(flushed).containsExactly(AgroalDataSource.FlushMode.GRACEFUL);
    }

    @Test
    void so_does_one_behind_a_wrapper() {
        AgroalDataSource agroal = source(AgroalDataSource.class);
        DataSource wrapper = proxy(DataSource.class, (self, method, args) -> {
            if (method.getName().equals("unwrap") && ((Class<?>) args[0]).isInstance(agroal)) {
                return agroal;
            }
            throw new SQLException("not served: " + method.getName());
        });

        PoolCare.of(wrapper).discard(unwrapping(null));

        assertThat(flushed).containsExactly(AgroalDataSource.FlushMode.GRACEFUL);
    }

    /** As SQLite's driver does; the classes of both pools may be there. */
    @Test
    void a_connection_that_can_not_be_unwrapped_keeps_no_pool_from_being_told() {
        Connection handle = proxy(Connection.class, (self, method, args) -> {
            throw new ClassCastException("the driver's class is no " + args[0]);
        });

        PoolCare.of(source(AgroalDataSource.class)).discard(handle);

        assertThat(flushed).containsExactly(AgroalDataSource.FlushMode.GRACEFUL);
    }

    @Test
    void no_other_pool_is_told_anything_and_none_fails_the_call() {
        DataSource mute = proxy(DataSource.class, (self, method, args) -> {
            throw new AbstractMethodError("unwrap");
        });
        DataSource broken = proxy(DataSource.class, (self, method, args) -> {
            throw new IllegalStateException("a pool that is closed");
        });

        for (DataSource each : List.of(source(DataSource.class), mute, broken)) {
            assertThatCode(() -> PoolCare.of(each).discard(unwrapping(null))).doesNotThrowAnyException();
        }
        assertThatCode(() -> PoolCare.of(null).discard(tomcatHandle(List.of(), null)))
                .doesNotThrowAnyException();
        assertThat(pooled.isDiscarded()).isFalse();
        assertThat(flushed).isEmpty();
    }

    @Test
    void a_closed_connection_is_told_of_before_it_goes_back_and_passed_over() throws Exception {
        List<String> events = new ArrayList<>();
        Connection closed = DriverManager.getConnection("jdbc:sqlite::memory:");
        closed.close();
        try (Connection open = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            GivenSource source = given(open, tomcatHandle(events, closed));

            assertThat(source.connection()).isSameAs(open);
        }
        assertThat(events).containsExactly("close, discarded: true");
    }

    @Test
    void a_connection_that_is_dropped_is_told_of() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            FailOver failOver = new FailOver(
                    DriverState.of(connection),
                    System::nanoTime,
                    FailOver.Watch.CONNECTIONS,
                    PoolCare.of(source(DataSource.class)));
            Connection handle = tomcatHandle(new ArrayList<>(), connection);

            failOver.failed(handle, PostgresFailure.OTHER, "an error that says nothing of the connection");
            assertThat(pooled.isDiscarded()).isFalse();

            failOver.failed(handle, PostgresFailure.CONNECTION, "the connection was lost");
            assertThat(pooled.isDiscarded()).isTrue();
        }
    }

    /** A source that gives the second connection, and then the first for ever. */
    private static GivenSource given(Connection first, Connection second) throws SQLException {
        List<Connection> more = new ArrayList<>(List.of(second));
        DataSource pool = proxy(DataSource.class, (self, method, args) -> {
            if (method.getName().equals("getConnection")) {
                return more.isEmpty() ? first : more.remove(0);
            }
            throw new SQLException("not served: " + method.getName());
        });
        return GivenSource.of(pool, first, new CallThreads(), Duration.ofSeconds(9));
    }

    private <T extends DataSource> T source(Class<T> type) {
        return proxy(type, (self, method, args) -> {
            if (method.getName().equals("flush")) {
                flushed.add((AgroalDataSource.FlushMode) args[0]);
                return null;
            }
            throw new SQLException("not served: " + method.getName());
        });
    }

    /** A handle of Tomcat's pool, which tells of its close whether it was discarded before. */
    private Connection tomcatHandle(List<String> events, @Nullable Connection behind) {
        return proxy(Connection.class, (self, method, args) -> {
            switch (method.getName()) {
                case "unwrap" -> {
                    return unwrapped((Class<?>) args[0], pooled);
                }
                case "close" -> {
                    events.add("close, discarded: " + pooled.isDiscarded());
                    return null;
                }
                default -> {
                    try {
                        return method.invoke(behind, args);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause() == null ? failure : failure.getCause();
                    }
                }
            }
        });
    }

    private static Connection unwrapping(@Nullable Object behind) {
        return proxy(Connection.class, (self, method, args) -> unwrapped((Class<?>) args[0], behind));
    }

    private static @Nullable Object unwrapped(Class<?> type, @Nullable Object behind) throws SQLException {
        if (!type.isInstance(behind)) {
            throw new SQLException("it wraps no " + type);
        }
        return behind;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(PoolCareTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
