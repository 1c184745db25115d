package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions that serve several connections by turns, as poolers of any make have them: here one written by hand. */
class SharedSessionTest {
    private final List<Connection> sessions = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private boolean sharing;

    @BeforeEach
    void connect() throws SQLException {
        String url = TestPostgres.newDatabase();
        for (int i = 0; i < 3; i++) {
            sessions.add(DriverManager.getConnection(url));
        }
    }

    @AfterEach
    void disconnect() throws SQLException {
        for (Connection session : sessions) {
            session.close();
        }
    }

    @Test
    void a_pooler_that_hides_the_driver_is_found_by_comparing_two_connections() throws Exception {
        sharing = true;
        Connection first = lend();
        assertThat(pooling(first, this::lend, true)).isEqualTo(Pooling.BY_TRANSACTION);
    }

    @Test
    void sessions_that_stay_with_their_connection_are_found_out_to_do_so() throws Exception {
        Connection first = lend();
        assertThat(pooling(first, this::lend, true)).isEqualTo(Pooling.BY_SESSION);
    }

    @Test
    void no_second_connection_means_that_nothing_is_taken_for_granted() throws Exception {
        Connection first = lend();
        ConnectionSource none = () -> {
            throw new SQLException("there is one");
        };
        assertThat(pooling(first, none, true)).isEqualTo(Pooling.UNKNOWN);
    }

    @Test
    void where_no_lock_is_to_be_held_a_pool_of_one_is_enough() throws Exception {
        Connection first = lend();
        ConnectionSource none = () -> {
            throw new AssertionError("a second connection was asked for");
        };
        assertThat(pooling(first, none, false)).isEqualTo(Pooling.BY_SESSION);
    }

    @Test
    void what_a_store_does_without_is_noted() throws Exception {
        assertThat(PostgresServer.look(this::lend, null, true, "the store").notes("the store"))
                .noneMatch(note -> note.contains("pooler"));
        Connection only = lend();
        AtomicInteger given = new AtomicInteger();
        ConnectionSource one = () -> {
            if (given.incrementAndGet() > 1) {
                throw new SQLException("there is one");
            }
            return only;
        };
        assertThat(PostgresServer.look(one, null, true, "the store").notes("the store"))
                .anySatisfy(note ->
                        assertThat(note).contains("whether a pooler shares sessions is unknown", "ownerLocks(false)"));
        sharing = true;
        assertThat(PostgresServer.look(this::lend, null, true, "the store").notes("the store"))
                .anySatisfy(note -> assertThat(note)
                        .contains("a pooler shares sessions by transaction")
                        .contains("ownerLocks(false)", "prepareThreshold=0"));
    }

    private static Pooling pooling(Connection first, ConnectionSource more, boolean locks) throws SQLException {
        return Pooling.of(LentConnection.inAutoCommit(first, null), DriverState.of(first), more, locks, "the store");
    }

    @Test
    void locks_are_given_up_when_their_session_begins_to_serve_others() throws Exception {
        FailOver failOver = new FailOver(
                DriverState.of(sessions.get(0)), System::nanoTime, FailOver.Watch.WRITES, PoolCare.of(null));
        try (OwnerLocks locks = new OwnerLocks(this::lend, Duration.ofSeconds(9), System::nanoTime, failOver)) {
            locks.ready("one");
            assertThat(locks.held("one")).isNotNull();
            sharing = true;
            locks.ready("one");
            assertThat(locks.held("one")).isNull();
            assertThat(locks.problem()).contains("a pooler").contains("ownerLocks(false)");
            sharing = false;
            locks.ready("one");
            assertThat(locks.held("one")).isNull();
        }
    }

    /** A connection that goes to the next session after each transaction while sessions are shared; nothing tells what is behind it. */
    private Connection lend() {
        int[] session = {turn.getAndIncrement()};
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (self, method, args) -> {
                    Connection target = sessions.get(session[0] % sessions.size());
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    if (method.getName().equals("unwrap")) {
                        throw new SQLException("nothing is behind it");
                    }
                    if (sharing && method.getName().equals("createStatement") && target.getAutoCommit()) {
                        session[0] = turn.getAndIncrement();
                        target = sessions.get(session[0] % sessions.size());
                    }
                    try {
                        return method.invoke(target, args);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause() == null ? failure : failure.getCause();
                    }
                });
    }
}
