package io.batchengine.jdbc;

import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.util.Credentials;
import com.zaxxer.hikari.util.DriverDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what a HikariCP pool opens its connections with, so that one can be opened beside it. Of other pools nothing is known. */
final class Unpooled {
    private static final Logger LOG = LoggerFactory.getLogger(Unpooled.class);

    private Unpooled() {}

    /** Opens connections as a pool does, but outside of it; null where it can't be found out how. */
    static @Nullable ConnectionSource behind(DataSource source) {
        HikariDataSource pool = hikari(source);
        if (pool == null) {
            return null;
        }
        DataSource opener = opener(pool);
        return opener == null ? null : () -> open(pool, opener);
    }

    private static @Nullable DataSource opener(HikariDataSource pool) {
        if (pool.getDataSource() != null) {
            return pool.getDataSource();
        }
        String className = pool.getDataSourceClassName();
        if (className == null) {
            return unwrap(pool, DriverDataSource.class);
        }
        try {
            Class<?> type = Class.forName(className, false, HikariDataSource.class.getClassLoader());
            return (DataSource) unwrap(pool, type);
        } catch (ClassNotFoundException | LinkageError | ClassCastException unknown) {
            return null;
        }
    }

    /** The credentials are asked for at each opening: an application may change those of a pool that runs. */
    private static Connection open(HikariDataSource pool, DataSource opener) throws SQLException {
        Credentials credentials = pool.getCredentials();
        try {
            HikariCredentialsProvider provider = pool.getCredentialsProvider();
            if (provider != null) {
                credentials = provider.getCredentials();
            }
        } catch (LinkageError older) {
            LOG.trace("HikariCP before 7.1 has no such provider", older);
        }
        return credentials.getUsername() == null
                ? opener.getConnection()
                : opener.getConnection(credentials.getUsername(), credentials.getPassword());
    }

    /** The pool behind a data source and whatever wraps it; null where it is another one. */
    static @Nullable HikariDataSource hikari(DataSource source) {
        try {
            return unwrap(source, HikariDataSource.class);
        } catch (LinkageError excluded) { // HikariCP is needed for urls only, and may be left out
            return null;
        }
    }

    /** Whether a pool has connections to give; it is taken to have some where that is not known. */
    static boolean hasIdle(DataSource source) {
        HikariDataSource pool = hikari(source);
        HikariPoolMXBean state = pool == null ? null : pool.getHikariPoolMXBean();
        return state == null || state.getIdleConnections() > 0;
    }

    /** After how long a pool ends a wait for a connection by itself; null where that is not known. */
    static @Nullable Duration longestWait(DataSource source) {
        HikariDataSource pool = hikari(source);
        return pool == null ? null : Duration.ofMillis(pool.getConnectionTimeout());
    }

    private static <T> @Nullable T unwrap(DataSource source, Class<T> type) {
        if (type.isInstance(source)) {
            return type.cast(source);
        }
        try {
            Object found = source.unwrap((Class<?>) type);
            return type.isInstance(found) ? type.cast(found) : null;
        } catch (SQLException | RuntimeException | AbstractMethodError notWrapped) {
            return null;
        }
    }
}
