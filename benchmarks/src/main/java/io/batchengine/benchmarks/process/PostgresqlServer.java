package io.batchengine.benchmarks.process;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;

/** A real server that syncs each commit and takes the connections of all contenders; all else as it is by default. */
public final class PostgresqlServer implements AutoCloseable {
    private final EmbeddedPostgres server;

    private PostgresqlServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Starts one.
     *
     * @param folder an empty folder for its data
     * @return the server; to be closed by the caller
     * @throws IOException if it does not start
     */
    public static PostgresqlServer start(Path folder) throws IOException {
        return new PostgresqlServer(EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "500")
                .start());
    }

    /**
     * Where it is.
     *
     * @return the url, user included
     */
    public String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
