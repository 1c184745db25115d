package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands between this process and the server, such as PgBouncer. Where one session of the server serves many connections by turns, what is
 * bound to a session holds for none of them: advisory locks, settings, prepared statements.
 */
enum Pooling {
    /** A session of the server for each connection. */
    BY_SESSION,
    /** A session of the server for each transaction. */
    BY_TRANSACTION,
    /** No second connection could be had to tell by, so nothing is bound to a session. */
    UNKNOWN;

    private static final Logger LOG = LoggerFactory.getLogger(Pooling.class);
    /** A busy pooler may happen to give the same session some times in a row. */
    private static final int LOOKS = 24;

    /**
     * Finds out which it is. A server tells a connection at its start which process serves it. A pooler can't tell that, so where it is another
     * process than the one that answers there is a pooler, and two connections are compared: of which one that keeps a session to itself
     * never sees the other's.
     *
     * @param lent a connection in autoCommit
     * @param driver knows the driver's connections
     * @param more gives a second connection
     * @param bindsToSessions whether locks are to be bound to a session
     * @param name of the store, for messages
     * @throws BatchEngineException if the pooler shares sessions by statement, so that there are no transactions
     */
    static Pooling of(
            LentConnection lent, DriverState driver, ConnectionSource more, boolean bindsToSessions, String name)
            throws SQLException {
        Connection one = lent.connection();
        int process = process(one);
        OptionalInt told = driver.toldProcess(one);
        if (told.isPresent() && told.getAsInt() == process) {
            return BY_SESSION;
        }
        if (told.isEmpty() && !bindsToSessions) {
            return BY_SESSION; // nothing depends on it, and a small pool may have no second connection to give
        }
        LOG.debug("{} is reached through a pooler, or its driver is another one", name);
        driver.prepareNothing(lent);
        try (LentConnection two = LentConnection.inAutoCommit(more.connection(), null)) {
            driver.prepareNothing(two);
            return compare(one, process, two.connection(), name);
        } catch (BatchEngineException | SQLException noSecond) {
            if (noSecond instanceof BatchEngineException refused && refused.code() != ErrorCode.STORE_UNAVAILABLE) {
                throw refused;
            }
            // Without a second connection nothing tells; so what holds in either way.
            LOG.debug("{} gave no second connection: {}", name, Text.describe(noSecond));
            return UNKNOWN;
        }
    }

    private static Pooling compare(Connection one, int ofOne, Connection two, String name) throws SQLException {
        int ofTwo = process(two);
        requireTransactions(two, name);
        boolean shared = ofOne == ofTwo;
        for (int i = 0; i < LOOKS && !shared; i++) {
            shared = i % 2 == 0 ? differs(one, ofOne, two, ofTwo, i) : differs(two, ofTwo, one, ofOne, i);
        }
        return shared ? BY_TRANSACTION : BY_SESSION;
    }

    private static void requireTransactions(Connection connection, String name) throws SQLException {
        connection.setAutoCommit(false);
        try {
            process(connection);
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException failure) {
            throw BatchEngineException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    name
                            + " is reached through a pooler that lets nobody begin a transaction, as PgBouncer in statement mode; set"
                            + " its pool_mode to transaction or session, or connect to the server itself ("
                            + Text.describe(failure) + ")",
                    failure);
        }
    }

    /**
     * Whether either connection meets another process than before, while the second keeps its own by an open transaction. The first asks another
     * number of times in each round, lest it keep step with other clients of the pooler.
     */
    private static boolean differs(Connection one, int ofOne, Connection two, int ofTwo, int round)
            throws SQLException {
        two.setAutoCommit(false);
        boolean differs = process(two) != ofTwo;
        for (int asked = 0; asked <= round % 5 && !differs; asked++) {
            differs = process(one) != ofOne;
        }
        two.rollback();
        two.setAutoCommit(true);
        return differs || process(one) != ofOne;
    }

    /** The process of the server that answers on a connection now. */
    static int process(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select pg_backend_pid()")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
