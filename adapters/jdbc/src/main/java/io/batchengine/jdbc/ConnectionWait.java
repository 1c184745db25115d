package io.batchengine.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.Text;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Takes a connection of a pool, and says so where the pool has none to give. */
final class ConnectionWait {
    private ConnectionWait() {}

    static Connection take(DataSource source, String name) throws SQLException {
        long began = System.nanoTime();
        try {
            Connection taken = source.getConnection();
            if (taken == null) {
                throw new SQLException("the data source gave null for a connection");
            }
            return taken;
        } catch (SQLException failure) {
            if (toldByServer(failure)) {
                throw failure;
            }
            throw noneAvailable(source, name, (System.nanoTime() - began) / 1e9, failure);
        }
    }

    /** A server that refuses, or can't be reached, is another matter than a pool that is empty. */
    private static boolean toldByServer(SQLException failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return true;
            }
            depth++;
        }
        return false;
    }

    private static BatchEngineException noneAvailable(
            DataSource source, String name, double seconds, SQLException failure) {
        String pool = fill(source);
        return Failures.unavailable(
                String.format(Locale.ROOT, "%s: no connection available within %.1f s; ", name, seconds)
                        + (pool == null ? "" : pool + "; ")
                        + "enlarge the pool, or hold its connections for a shorter time (" + Text.describe(failure)
                        + ")",
                failure);
    }

    private static @Nullable String fill(DataSource source) {
        HikariDataSource hikari = Unpooled.hikari(source);
        HikariPoolMXBean pool = hikari == null ? null : hikari.getHikariPoolMXBean();
        return hikari == null || pool == null
                ? null
                : Text.format(
                        "the pool has %d at the most, %d are in use, and %d threads wait for one",
                        hikari.getMaximumPoolSize(), pool.getActiveConnections(), pool.getThreadsAwaitingConnection());
    }
}
