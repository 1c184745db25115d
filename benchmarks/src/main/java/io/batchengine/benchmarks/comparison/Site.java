package io.batchengine.benchmarks.comparison;

import io.batchengine.benchmarks.contender.Storage;
import io.batchengine.benchmarks.process.PostgresqlServer;
import io.batchengine.benchmarks.process.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Where results are kept: a folder on the disk of the working directory, and a PostgreSQL server that syncs each commit. */
final class Site implements AutoCloseable {
    /** What the server has written ahead so far. */
    record Log(long bytes, long syncs) {}

    private final TemporaryFolder folder = TemporaryFolder.inWorkingDirectory();
    private @Nullable PostgresqlServer server;
    private int folders;

    Site() throws IOException {}

    Path newFolder() throws IOException {
        return Files.createDirectory(folder.path().resolve("part-" + folders++));
    }

    /** A storage for one contender. */
    Storage storage(String name) throws IOException {
        return switch (name) {
            case "sqlite" -> new Storage.Sqlite(newFolder());
            case "postgresql" -> new Storage.Postgresql(url());
            default -> new Storage.Memory();
        };
    }

    private String url() throws IOException {
        PostgresqlServer running = server;
        if (running == null) {
            running = PostgresqlServer.start(newFolder());
            server = running;
        }
        return running.url();
    }

    /** What all ended connections have written ahead; those that are open may not have told yet. */
    Log log() throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select (select wal_bytes::bigint from pg_stat_wal),"
                        + " (select coalesce(sum(fsyncs), 0)::bigint from pg_stat_io where object = 'wal')")) {
            row.next();
            return new Log(row.getLong(1), row.getLong(2));
        }
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
        }
        folder.close();
    }
}
