package io.batchengine.jdbc;

import io.batchengine.model.Text;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One real server for all tests of this JVM; a database of its own for who asks. It does not sync to the disk, which no test here can tell and
 * which takes most of the time; the servers of the tests that kill processes do, and those of fail-overs.
 */
final class TestPostgres {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private TestPostgres() {}

    /** Started by the first that asks; ended with the JVM. */
    private static final class Server {
        static final EmbeddedPostgres INSTANCE = start("off");
    }

    /** Another server, for who changes it; ended with the JVM at the latest. */
    static EmbeddedPostgres start() {
        return start("on");
    }

    private static EmbeddedPostgres start(String fsync) {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", fsync)
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server), "postgres-stop"));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The url of a new, empty database. */
    static String newDatabase() throws SQLException {
        String name = "test_" + COUNT.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url("postgres"), "postgres", "postgres");
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return url(name) + "?user=postgres";
    }

    /** What a plain client says to a database. */
    static void execute(String url, String... sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            for (String one : sql) {
                statement.execute(one);
            }
        }
    }

    /** The number that a query answers. */
    static long number(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static String url(String database) {
        return Text.format("jdbc:postgresql://localhost:%d/%s", Server.INSTANCE.getPort(), database);
    }
}
