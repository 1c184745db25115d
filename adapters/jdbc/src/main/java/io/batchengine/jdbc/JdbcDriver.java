package io.batchengine.jdbc;

import io.batchengine.model.Text;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The drivers of the two databases, made from their own classes. {@code DriverManager} knows only those that were registered where the
 * first caller of the process could see them: not one that lies beside this library in a web application.
 */
enum JdbcDriver {
    SQLITE("org.sqlite.JDBC", "org.xerial:sqlite-jdbc"),
    POSTGRESQL("org.postgresql.Driver", "org.postgresql:postgresql");

    private final String className;
    private final String artifact;

    JdbcDriver(String className, String artifact) {
        this.className = className;
        this.artifact = artifact;
    }

    /** A new driver: of the loader that has this library, or else of the calling thread's. */
    Driver load() throws SQLException {
        Set<@Nullable ClassLoader> loaders = new LinkedHashSet<>();
        loaders.add(JdbcDriver.class.getClassLoader());
        loaders.add(Thread.currentThread().getContextClassLoader());
        for (ClassLoader loader : loaders) {
            Class<?> found = find(loader);
            if (found != null) {
                return make(found);
            }
        }
        throw new SQLException(Text.format(
                "the driver %s is missing: put %s beside batch-engine-jdbc, or where the thread that opens the store finds it",
                className, artifact));
    }

    /** Connects; a url that the driver does not take is refused, never passed on to another driver. */
    static Connection connect(Driver driver, String url, Properties properties) throws SQLException {
        Connection connection = driver.connect(url, properties);
        if (connection == null) {
            throw new SQLException("the driver does not take this url: give jdbc:sqlite:FILE or"
                    + " jdbc:postgresql://HOST:PORT/DATABASE");
        }
        return connection;
    }

    private @Nullable Class<?> find(@Nullable ClassLoader loader) {
        try {
            return Class.forName(className, true, loader);
        } catch (ClassNotFoundException elsewhere) {
            return null;
        }
    }

    private Driver make(Class<?> found) throws SQLException {
        try {
            return found.asSubclass(Driver.class).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | ClassCastException broken) {
            throw new SQLException(
                    Text.format("the driver %s can't be used: %s", className, Text.describe(broken)), broken);
        }
    }
}
