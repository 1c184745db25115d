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
        String beginning = settings.ownerLocks() ? null : beginning(settings.timeouts());
        return open(
                settings,
                name,
                pool::getConnection,
                () -> DriverManager.getConnection(url.url(), properties),
                pool::close,
                beginning);
    }

    static OpenStore from(Settings settings, DataSource source, String name) {
        return open(
                settings, name, source::getConnection, source::getConnection, () -> {}, beginning(settings.timeouts()));
    }

    private static OpenStore open(
            Settings settings,
            String name,
            PostgresDatabase.Source source,
            OwnerLocks.Connector connector,
            Runnable closeSource,
            @Nullable String beginning) {
        OwnerLocks locks = settings.ownerLocks() && !settings.readOnly() ? new OwnerLocks(connector) : null;
        Runnable close = () -> {
            if (locks != null) {
                locks.close();
            }
            closeSource.run();
        };
        PostgresDatabase database = new PostgresDatabase(name, source, close, settings.readOnly(), beginning);
        PostgresDialect dialect = new PostgresDialect(settings.tables(), new PostgresLeases(settings.tables(), locks));
        return OpenStore.prepare(settings, database, dialect);
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

    /** For connections of which nothing is known, and where a setting must not outlive its transaction. */
    private static String beginning(Settings.Timeouts timeouts) {
        return Text.format(
                        "set transaction isolation level read committed; set local lock_timeout = %d;",
                        timeouts.lock().toMillis())
                + Text.format(
                        " set local idle_in_transaction_session_timeout = %d",
                        timeouts.idleInTransaction().toMillis());
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
