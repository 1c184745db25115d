package io.batchengine.jdbc;

import io.batchengine.model.Text;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection from a pool: it comes with whatever settings the pool or its last user left, is set to what a call needs, and goes back with
 * those that it came with. The getters and, in the usual case, the setters are local to the driver.
 */
final class LentConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LentConnection.class);

    /** Sets a setting back. */
    interface Restore {
        void run() throws SQLException;
    }

    private final Connection connection;
    private final Deque<Restore> restores = new ArrayDeque<>(3);

    private LentConnection(Connection connection) {
        this.connection = connection;
    }

    /** A connection that nobody gets back. */
    static LentConnection kept(Connection opened) {
        return new LentConnection(opened);
    }

    /** For statements that each are a transaction of their own. */
    static LentConnection inAutoCommit(Connection taken, @Nullable Duration patience) throws SQLException {
        return set(taken, true, patience);
    }

    /** For a transaction that writes. */
    static LentConnection forTransaction(Connection taken, @Nullable Duration patience) throws SQLException {
        return set(taken, false, patience);
    }

    /** Gives the connection back if it can't be set. */
    private static LentConnection set(Connection taken, boolean autoCommit, @Nullable Duration patience)
            throws SQLException {
        LentConnection lent = new LentConnection(taken);
        boolean done = false;
        try {
            if (!autoCommit && taken.isReadOnly()) {
                taken.setReadOnly(false);
                lent.atReturn(() -> taken.setReadOnly(true));
            }
            if (taken.getAutoCommit() != autoCommit) {
                setAutoCommit(taken, autoCommit);
                lent.atReturn(() -> taken.setAutoCommit(!autoCommit));
            }
            if (patience != null) {
                lent.limitWait((int) Math.min(Integer.MAX_VALUE, patience.toMillis()));
            }
            done = true;
            return lent;
        } finally {
            if (!done) {
                lent.close();
            }
        }
    }

    private static void setAutoCommit(Connection taken, boolean autoCommit) throws SQLException {
        try {
            taken.setAutoCommit(autoCommit);
        } catch (SQLException failure) {
            String state = failure.getSQLState();
            boolean isOfTransactions = state == null || state.startsWith("25");
            throw isOfTransactions && PostgresFailure.of(failure) == PostgresFailure.OTHER
                    ? new AutoCommitRefused(failure)
                    : failure;
        }
    }

    /** Lest a call waits for ever for an answer that a broken network has lost; a shorter limit of the pool's stays. */
    private void limitWait(int millis) throws SQLException {
        try {
            int before = connection.getNetworkTimeout();
            if (before == 0 || before > millis) {
                connection.setNetworkTimeout(Runnable::run, millis);
                atReturn(() -> connection.setNetworkTimeout(Runnable::run, before));
            }
        } catch (SQLFeatureNotSupportedException | AbstractMethodError old) {
            LOG.trace("a driver without network timeouts", old);
        }
    }

    Connection connection() {
        return connection;
    }

    /** What is to be done before the connection goes back; the last that was said is done first. */
    void atReturn(Restore restore) {
        restores.push(restore);
    }

    /** Sets the settings back and gives the connection back; a broken one is of no use to anybody, which its pool will find out. */
    @Override
    public void close() {
        for (Restore restore : restores) {
            try {
                restore.run();
            } catch (SQLException | RuntimeException broken) {
                LOG.debug("a connection goes back to its pool with other settings: {}", Text.describe(broken));
            }
        }
        close(connection);
    }

    static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException | RuntimeException broken) {
            LOG.debug("giving a connection back failed: {}", Text.describe(broken));
        }
    }
}
