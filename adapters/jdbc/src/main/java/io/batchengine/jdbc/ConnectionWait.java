package io.batchengine.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.Text;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Takes connections of a pool, and says so where the pool has none to give. */
final class ConnectionWait implements ConnectionSource {
    private static final int DEEPEST_CAUSE = 20;

    private final DataSource source;
    private final String name;
    private volatile @Nullable String problem;

    /**
     * A pool.
     *
     * @param source the pool, or any other data source
     * @param name whose it is, for messages
     */
    ConnectionWait(DataSource source, String name) {
        this.source = source;
        this.name = name;
    }

    @Override
    public Connection connection() throws SQLException {
        long began = System.nanoTime();
        try {
            Connection taken = source.getConnection();
            if (taken == null) {
                throw new SQLException("the data source gave null for a connection");
            }
            problem = null;
            return taken;
        } catch (SQLException failure) {
            if (toldByServer(failure)) {
                throw failure;
            }
            BatchEngineException told = noneAvailable((System.nanoTime() - began) / 1e9, failure);
            problem = told.getMessage();
            throw told;
        }
    }

    /** That the last call got no connection, for people; null where it got one. */
    @Nullable
    String problem() {
        return problem;
    }

    /** A server that refuses, or can't be reached, is another matter than a pool that is empty. */
    private static boolean toldByServer(SQLException failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < DEEPEST_CAUSE; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return true;
            }
            depth++;
        }
        return false;
    }

    private BatchEngineException noneAvailable(double seconds, SQLException failure) {
        return Failures.unavailable(
                Text.format("%s: no connection available within %.1f s; ", name, seconds)
                        + fill()
                        + "enlarge the pool, or hold its connections for a shorter time ("
                        + Text.describe(failure)
                        + ")",
                failure);
    }

    private String fill() {
        HikariDataSource hikari = Unpooled.hikari(source);
        HikariPoolMXBean pool = hikari == null ? null : hikari.getHikariPoolMXBean();
        return hikari == null || pool == null
                ? ""
                : Text.format(
                        "the pool has %d at the most, %d are in use, and %d threads wait for one; ",
                        hikari.getMaximumPoolSize(), pool.getActiveConnections(), pool.getThreadsAwaitingConnection());
    }
}
