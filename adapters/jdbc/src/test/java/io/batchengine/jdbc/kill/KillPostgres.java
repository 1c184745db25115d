package io.batchengine.jdbc.kill;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL, run by this process, with every sync on: a database for each store. */
final class KillPostgres implements KillDatabase {
    private static final List<String> MUST_BE_ON = List.of("fsync", "synchronous_commit", "full_page_writes");

    private final EmbeddedPostgres server;
    private final AtomicInteger stores = new AtomicInteger();
    private final KillChildJvm jvm;

    KillPostgres(Path folder) {
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("shared_buffers", "64MB");
            MUST_BE_ON.forEach(name -> builder.setServerConfig(name, "on"));
            server = builder.start();
            for (String name : MUST_BE_ON) {
                if (!ask("show " + name).equals("on")) {
                    throw new IllegalStateException("PostgreSQL runs without " + name);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        String first = newStore();
        jvm = KillChildJvm.prepare(folder).withArchive(first);
        drop(first);
    }

    @Override
    public KillChildJvm jvm() {
        return jvm;
    }

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public String newStore() {
        String database = "kill" + stores.incrementAndGet();
        execute("create database " + database);
        return server.getJdbcUrl("postgres", database);
    }

    /** Copies are made of stores that no child has. */
    @Override
    public ChildOptions.Mode copyMode() {
        return ChildOptions.Mode.PLAIN;
    }

    @Override
    public String copy(String url) {
        String copy = "copy" + stores.incrementAndGet();
        create(copy, nameOf(url));
        return copy;
    }

    @Override
    public void restore(String url, String copy) {
        drop(url);
        create(nameOf(url), copy);
    }

    /** Sessions of a killed process may still be ending. */
    private void create(String database, String template) {
        execute("alter database " + template + " with allow_connections false");
        try {
            execute("select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '" + template + "'");
            execute("create database " + database + " template " + template);
        } finally {
            execute("alter database " + template + " with allow_connections true");
        }
    }

    @Override
    public void dropCopies(List<String> copies) {
        copies.forEach(copy -> execute("drop database " + copy + " with (force)"));
    }

    @Override
    public void drop(String url) {
        execute("drop database " + nameOf(url) + " with (force)");
    }

    private static String nameOf(String url) {
        return url.replaceFirst("^.*/([^/?]+)(\\?.*)?$", "$1");
    }

    /** The first value of the first row of a query's answer. */
    private String ask(String query) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            answer.next();
            return answer.getString(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(query, failure);
        }
    }

    private void execute(String command) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        } catch (SQLException failure) {
            throw new IllegalStateException(command, failure);
        }
    }

    @Override
    public void close() {
        jvm.close();
        try {
            server.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
