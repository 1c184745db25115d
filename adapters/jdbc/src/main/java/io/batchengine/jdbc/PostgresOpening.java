package io.batchengine.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.Text;
import io.batchengine.spi.DetachedThreads;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Opens PostgreSQL: by a pool of its own, or from the caller's data source. */
final class PostgresOpening {
    private static final int POOL_SIZE = 8;
    private static final int ANY_VERSION = 0;

    private PostgresOpening() {}

    static OpenStore byUrl(Settings settings, String givenUrl) {
        PostgresUrl url = PostgresUrl.of(givenUrl);
        String name = "the store at " + url;
        Properties properties = properties(settings, url);
        HikariDataSource pool;
        try {
            pool = new HikariDataSource(config(settings, url, properties));
        } catch (RuntimeException failure) {
            throw cantOpen(name, failure);
        }
        TransactionStart start = settings.ownerLocks()
                ? TransactionStart.prepared(settings.timeouts())
                : TransactionStart.unprepared(settings.timeouts(), ANY_VERSION);
        OwnerLocks locks = locks(settings, () -> DriverManager.getConnection(url.url(), properties));
        Runnable close = () -> {
            close(locks);
            pool.close();
        };
        PostgresDatabase database = new PostgresDatabase(
                name, () -> ConnectionWait.take(pool, name), close, settings.readOnly(), start, null);
        return open(settings, database, start, locks);
    }

    /** From the caller's data source. */
    static OpenStore from(Settings settings, GivenSource source, CallThreads threads) {
        ConnectionSource apart = lockSource(settings, source);
        OwnerLocks locks = locks(settings, apart == null ? source : apart);
        if (locks != null && apart == null) {
            LockPlace.require(locks, source, threads, settings.timeouts().connect());
        }
        TransactionStart start = TransactionStart.unprepared(settings.timeouts(), source.version());
        PostgresDatabase database = new PostgresDatabase(
                source.name(),
                source,
                () -> close(locks),
                settings.readOnly(),
                start,
                settings.timeouts().socket());
        return open(settings, database, start, locks);
    }

    /** Where the connection of the locks comes from if not from the data source itself, so that it takes no place in a pool. */
    private static @Nullable ConnectionSource lockSource(Settings settings, GivenSource source) {
        DataSource given = settings.ownerLockSource();
        return given == null
                ? Unpooled.behind(source.source())
                : () -> ConnectionWait.take(given, "the source of owner locks of " + source.name());
    }

    private static @Nullable OwnerLocks locks(Settings settings, ConnectionSource source) {
        return settings.ownerLocks() && !settings.readOnly()
                ? new OwnerLocks(source, settings.timeouts().socket(), settings.ticker())
                : null;
    }

    private static void close(@Nullable OwnerLocks locks) {
        if (locks != null) {
            locks.close();
        }
    }

    private static OpenStore open(
            Settings settings, PostgresDatabase database, TransactionStart start, @Nullable OwnerLocks locks) {
        boolean ready = false;
        try {
            Tables tables = settings.tables();
            tables = tables.in(schemaOf(database, tables));
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

    /** The schema that the tables are in, or are to be made in; null where the search path names none that is there. */
    private static @Nullable String schemaOf(Database database, Tables tables) {
        String schema = database.read(session -> session.queryOne(
                        "select coalesce((select n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                                + " where c.oid = to_regclass(?)), current_schema(), '')::text",
                        args -> args.text(tables.meta()),
                        Row::text)
                .orElse(""));
        return schema.isEmpty() ? null : schema;
    }

    private static Properties properties(Settings settings, PostgresUrl url) {
        Properties properties = new Properties();
        Settings.Timeouts timeouts = settings.timeouts();
        properties.setProperty("socketTimeout", seconds(timeouts.socket()));
        properties.setProperty("connectTimeout", seconds(timeouts.connect()));
        properties.setProperty("loginTimeout", seconds(timeouts.connect()));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "batch-engine");
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

    private static HikariConfig config(Settings settings, PostgresUrl url, Properties properties) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("batch-engine");
        config.setThreadFactory(
                DetachedThreads.named("batch-engine-pool")); // made when a caller first needs a connection
        config.setJdbcUrl(url.url());
        properties.stringPropertyNames().forEach(key -> config.addDataSourceProperty(key, properties.getProperty(key)));
        config.setMaximumPoolSize(settings.poolSize() == 0 ? POOL_SIZE : settings.poolSize());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(Math.max(250, settings.timeouts().connect().toMillis()));
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        if (settings.ownerLocks()) {
            config.setConnectionInitSql(Text.format(
                    "set lock_timeout = %d; set idle_in_transaction_session_timeout = %d",
                    settings.timeouts().lock().toMillis(),
                    settings.timeouts().idleInTransaction().toMillis()));
        }
        return config;
    }

    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.toSeconds()));
    }

    static BatchEngineException cantOpen(String name, Exception why) {
        Throwable cause = why.getCause() instanceof SQLException sql ? sql : why;
        return Failures.unavailable(
                Text.format(
                        "%s can't be opened; check that it runs, that org.postgresql:postgresql is there, and user and password (%s)",
                        name, Text.describe(cause)),
                why);
    }
}
