package io.batchengine.benchmarks.rows;

import java.io.IOException;
import java.sql.SQLException;

/** Keeps rows, the quickest way known to its storage. For one thread. */
public interface RowSink extends AutoCloseable {
    /** What the index of a batch's row is counted from, in microseconds since the epoch. */
    long CREATED_US = 1_700_000_000_000_000L;

    /**
     * Keeps a row for each batch, in a commit of its own: its creator waits for each.
     *
     * @param batches how many
     * @throws IOException if the storage fails
     * @throws SQLException if the storage fails
     */
    void create(int batches) throws IOException, SQLException;

    /**
     * Keeps rows, in one durable commit.
     *
     * @param rows the rows; not changed
     * @throws IOException if the storage fails
     * @throws SQLException if the storage fails
     */
    void write(RowBlock rows) throws IOException, SQLException;

    /**
     * Takes all away, so that it is as new.
     *
     * @throws IOException if the storage fails
     * @throws SQLException if the storage fails
     */
    void clear() throws IOException, SQLException;

    @Override
    void close() throws IOException, SQLException;
}
