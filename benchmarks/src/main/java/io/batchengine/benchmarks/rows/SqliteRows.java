package io.batchengine.benchmarks.rows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** WAL, a sync at each commit, 100 rows a statement, a table with the ordinal for its key. */
public final class SqliteRows implements RowSink {
    private static final int ROWS = 100; // of a statement

    private final Path file;
    private Connection connection;
    private PreparedStatement many;
    private PreparedStatement one;

    /**
     * A new file.
     *
     * @param folder where it is made
     * @throws SQLException if it can't be made
     */
    public SqliteRows(Path folder) throws SQLException {
        file = folder.resolve("bare.db");
        connection = connect();
        many = connection.prepareStatement(insertOf(ROWS));
        one = connection.prepareStatement(insertOf(1));
    }

    @Override
    public void create(int batches) throws SQLException {
        BatchTable.insert(connection, batches);
    }

    @Override
    public void write(RowBlock rows) throws SQLException {
        int row = 0;
        while (row < rows.size()) {
            int together = rows.size() - row >= ROWS ? ROWS : 1;
            PreparedStatement statement = together == 1 ? one : many;
            for (int at = 0; at < together * 5; at += 5, row++) {
                statement.setLong(at + 1, rows.ordinals[row]);
                statement.setString(at + 2, rows.fileIds[row]);
                statement.setInt(at + 3, rows.outcomes[row]);
                statement.setLong(at + 4, rows.finishedUs[row]);
                statement.setInt(at + 5, rows.durationsMs[row]);
            }
            statement.executeUpdate();
        }
        connection.commit();
    }

    @Override
    public void clear() throws IOException, SQLException {
        close();
        for (String suffix : new String[] {"", "-wal", "-shm"}) {
            Files.deleteIfExists(Path.of(file + suffix));
        }
        connection = connect();
        many = connection.prepareStatement(insertOf(ROWS));
        one = connection.prepareStatement(insertOf(1));
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        many.close();
        one.close();
        connection.close();
    }

    private Connection connect() throws SQLException {
        Connection made = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = made.createStatement()) {
            statement.execute("pragma journal_mode = wal");
            statement.execute("pragma synchronous = full");
            statement.execute("create table bare(ordinal integer primary key, file_id text not null,"
                    + " outcome integer not null, finished_us integer not null, duration_ms integer not null)");
            statement.execute(BatchTable.CREATE);
        }
        made.setAutoCommit(false);
        return made;
    }

    private static String insertOf(int rows) {
        return "insert into bare values " + "(?,?,?,?,?),".repeat(rows - 1) + "(?,?,?,?,?)";
    }
}
