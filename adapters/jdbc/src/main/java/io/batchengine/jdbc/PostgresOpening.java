package io.batchengine.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.Text;
import io.batchengine.spi.DetachedThreads;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Opens PostgreSQL: by a pool of its own, or from the caller's data source. */
final class PostgresOpening {
    private static final int POOL_SIZE = 8;

    private PostgresOpening() {}

    static OpenStore byUrl(Settings settings, String givenUrl) {
        PostgresUrl url = PostgresUrl.of(givenUrl);
        String name = "the store at " + url;
        Properties properties = properties(settings, url);
        DataSource unpooled = unpooled(url, properties, name);
        ConnectionSource direct = unpooled::getConnection;
        PostgresServer server = server(settings, direct, null, name);
        if (server.sharesSessions()) {
            properties.setProperty("prepareThreshold", "0");
        }
        HikariDataSource pool;
        try {
            pool = new HikariDataSource(config(settings, unpooled, server));
        } catch (RuntimeException failure) {
            throw cantOpen(name, failure);
        }
        TransactionStart start = bringsTimeouts(settings, server)
                ? TransactionStart.prepared(settings.timeouts())
                : TransactionStart.unprepared(
                        settings.timeouts(),
                        server.facts().version(),
                        server.facts().commitsLater());
        FailOver failOver = server.failOver(settings);
        OwnerLocks locks = locks(settings, server, failOver, direct, name);
        Runnable close = () -> {
            close(locks);
            pool.close();
        };
        ConnectionWait source =
                ConnectionWait.of(pool, direct, name, settings.timeouts().connect());
        PostgresDatabase database =
                new PostgresDatabase(name, source, close, settings.readOnly(), start, null, server, failOver);
        database.warnOf(source::problem);
        return open(settings, server, database, start, locks);
    }

    /** From the caller's data source. */
    static OpenStore from(Settings settings, GivenSource source, CallThreads threads) {
        PostgresServer server = server(settings, source, source.driver(), source.name());
        ConnectionSource apart = lockSource(settings, source, threads);
        FailOver failOver = server.failOver(settings);
        OwnerLocks locks = locks(settings, server, failOver, apart == null ? source : apart, source.name());
        if (locks != null && apart == null) {
            LockPlace.require(locks, source, threads, settings.timeouts().connect());
        }
        TransactionStart start = TransactionStart.unprepared(
                settings.timeouts(), source.version(), server.facts().commitsLater());
        PostgresDatabase database = new PostgresDatabase(
                source.name(),
                source,
                () -> close(locks),
                settings.readOnly(),
                start,
                settings.timeouts().socket(),
                server,
                failOver);
        database.warnOf(source::problem);
        return open(settings, server, database, start, locks);
    }

    private static PostgresServer server(
            Settings settings, ConnectionSource source, @Nullable DriverState driver, String name) {
        try {
            PostgresServer server =
                    PostgresServer.look(source, driver, settings.ownerLocks() && !settings.readOnly(), name);
            server.facts().require(name, settings.readOnly());
            return server;
        } catch (SQLException failure) {
            throw cantOpen(name, failure);
        }
    }

    /** Whether settings of a session hold for as long as its connection, so that they are made once. */
    private static boolean bringsTimeouts(Settings settings, PostgresServer server) {
        return settings.ownerLocks() && !server.sharesSessions();
    }

    /** Where the connection of the locks comes from if not from the data source itself, so that it takes no place in a pool. */
    private static @Nullable ConnectionSource lockSource(Settings settings, GivenSource source, CallThreads threads) {
        DataSource given = settings.ownerLockSource();
        return given == null
                ? Unpooled.behind(source.source())
                : ConnectionWait.bounded(
                        given,
                        "the source of owner locks of " + source.name(),
                        threads,
                        settings.timeouts().connect());
    }

    /** Null where there are to be none, or where they would not hold. */
    private static @Nullable OwnerLocks locks(
            Settings settings, PostgresServer server, FailOver failOver, ConnectionSource source, String name) {
        if (!settings.ownerLocks() || settings.readOnly()) {
            return null;
        }
        if (server.sharesSessions() && (settings.ownerLockSource() == null || sharesSessions(source, name))) {
            server.tellPooling(name);
            return null;
        }
        return new OwnerLocks(source, settings.timeouts().socket(), settings.ticker(), failOver);
    }

    private static boolean sharesSessions(ConnectionSource source, String name) {
        try {
            return PostgresServer.look(source, null, true, name).sharesSessions();
        } catch (SQLException failure) {
            throw cantOpen("the source of owner locks of " + name, failure);
        }
    }

    private static void close(@Nullable OwnerLocks locks) {
        if (locks != null) {
            locks.close();
        }
    }

    private static OpenStore open(
            Settings settings,
            PostgresServer server,
            PostgresDatabase database,
            TransactionStart start,
            @Nullable OwnerLocks locks) {
        if (locks != null) {
            database.warnOf(locks::problem);
        }
        boolean ready = false;
        try {
            Tables tables = settings.tables();
            PostgresRights rights = new PostgresRights(database.toString(), settings, server.facts());
            tables = tables.in(database.read(session -> Optional.ofNullable(rights.schema(session)))
                    .orElse(null));
            PostgresDialect dialect = new PostgresDialect(tables, new PostgresLeases(tables, locks, start));
            OpenStore open = OpenStore.prepare(settings, tables, database, dialect);
            ready = true;
            return open;
        } finally {
            if (!ready) {
                database.close();
            }
        }
    }

    private static Properties properties(Settings settings, PostgresUrl url) {
        Properties properties = new Properties();
        Settings.Timeouts timeouts = settings.timeouts();
        properties.setProperty("socketTimeout", seconds(timeouts.socket()));
        properties.setProperty("connectTimeout", seconds(timeouts.connect()));
        properties.setProperty("loginTimeout", seconds(timeouts.connect()));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "batch-engine");
        if (url.namesSeveralHosts() && !settings.readOnly()) {
            properties.setProperty("targetServerType", "primary"); // what the url says itself goes before it
        }
        set(properties, "user", settings.user(), url.user());
        set(properties, "password", settings.password(), url.password());
        return properties;
    }

    private static void set(Properties properties, String key, @Nullable String told, @Nullable String inUrl) {
        String value = told != null ? told : inUrl;
        if (value != null) {
            properties.setProperty(key, value);
        }
    }

    private static DataSource unpooled(PostgresUrl url, Properties properties, String name) {
        try {
            return new DriverSource(JdbcDriver.POSTGRESQL.load(), url.url(), properties);
        } catch (SQLException failure) {
            throw cantOpen(name, failure);
        }
    }

    private static HikariConfig config(Settings settings, DataSource source, PostgresServer server) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("batch-engine");
        config.setThreadFactory(
                DetachedThreads.named("batch-engine-pool")); // made when a caller first needs a connection
        config.setDataSource(source);
        config.setMaximumPoolSize(settings.poolSize() == 0 ? POOL_SIZE : settings.poolSize());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(Math.max(250, settings.timeouts().connect().toMillis()));
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        if (bringsTimeouts(settings, server)) {
            config.setConnectionInitSql(TransactionStart.ofSession(settings.timeouts(), server.facts()));
        }
        return config;
    }

    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.toSeconds()));
    }

    static BatchEngineException cantOpen(String name, Exception why) {
        if (why instanceof AutoCommitRefused managed) {
            return PostgresFailure.MANAGED.exception(name, managed);
        }
        Throwable cause = why.getCause() instanceof SQLException sql ? sql : why;
        return Failures.unavailable(
                Text.format("%s can't be opened; %s (%s)", name, wayOut(cause), Text.describe(cause)), why);
    }

    private static String wayOut(Throwable cause) {
        String state = cause instanceof SQLException failure ? String.valueOf(failure.getSQLState()) : "";
        return switch (state) {
            case "53300" ->
                "the server, the database or the role gives no more connections: raise its limit, or close others";
            case "42P05", "26000" -> "a pooler hands one session to several clients: set prepareThreshold=0 in the url";
            default -> "check that it runs, that org.postgresql:postgresql is there, and user and password";
        };
    }
}
