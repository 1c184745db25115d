package io.batchengine.benchmarks.durable;

import io.batchengine.benchmarks.NoOpFiles;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/**
 * The best loop known that does nothing but insert a row for each batch, each acknowledged, and then a row (ordinal, file id, outcome,
 * finished at, duration) per file into the database, in durable commits of a given number of rows.
 */
enum BareLoop {
    /** WAL, a sync at each commit, 100 rows a statement, rows in key order. */
    SQLITE {
        @Override
        void prepare(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("pragma journal_mode = wal");
                statement.execute("pragma synchronous = full");
                statement.execute("create table bare(ordinal integer primary key, file_id text not null,"
                        + " outcome integer not null, finished_us integer not null, duration_ms integer not null)");
                statement.execute(BATCH_TABLE);
            }
        }

        @Override
        void insert(Connection connection, List<String> ids, int commitSize) throws SQLException {
            try (PreparedStatement many = connection.prepareStatement(insertOf(ROWS));
                    PreparedStatement one = connection.prepareStatement(insertOf(1))) {
                int ordinal = 0;
                while (ordinal < ids.size()) {
                    int end = Math.min(ids.size(), ordinal + commitSize);
                    while (ordinal < end) {
                        int rows = end - ordinal >= ROWS ? ROWS : 1;
                        PreparedStatement statement = rows == 1 ? one : many;
                        for (int row = 0; row < rows; row++, ordinal++) {
                            int at = row * 5;
                            statement.setLong(at + 1, ordinal);
                            statement.setString(at + 2, ids.get(ordinal));
                            statement.setInt(at + 3, 0);
                            statement.setLong(at + 4, FINISHED_US + ordinal);
                            statement.setInt(at + 5, 0);
                        }
                        statement.executeUpdate();
                    }
                    connection.commit();
                }
            }
        }
    },

    /** A binary COPY a commit: half as quick again as an insert of arrays. */
    POSTGRESQL {
        @Override
        void prepare(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("drop table if exists bare, bare_batch");
                statement.execute("create table bare(ordinal bigint primary key, file_id text not null,"
                        + " outcome smallint not null, finished_us bigint not null, duration_ms int not null)");
                statement.execute(BATCH_TABLE);
            }
        }

        @Override
        void insert(Connection connection, List<String> ids, int commitSize) throws SQLException {
            CopyManager copies = new CopyManager(connection.unwrap(BaseConnection.class));
            for (int begin = 0; begin < ids.size(); begin += commitSize) {
                int end = Math.min(ids.size(), begin + commitSize);
                ByteBuffer rows = ByteBuffer.allocate(COPY_HEADER.length + (end - begin) * MOST_BYTES + Short.BYTES);
                rows.put(COPY_HEADER);
                for (int ordinal = begin; ordinal < end; ordinal++) {
                    byte[] id = ids.get(ordinal).getBytes(StandardCharsets.UTF_8);
                    rows.putShort((short) 5).putInt(Long.BYTES).putLong(ordinal);
                    rows.putInt(id.length).put(id);
                    rows.putInt(Short.BYTES).putShort((short) 0);
                    rows.putInt(Long.BYTES).putLong(FINISHED_US + ordinal);
                    rows.putInt(Integer.BYTES).putInt(0);
                }
                rows.putShort((short) -1);
                CopyIn copy = copies.copyIn("copy bare from stdin (format binary)");
                copy.writeToCopy(rows.array(), 0, rows.position());
                copy.endCopy();
                connection.commit();
            }
        }
    };

    private static final String BATCH_TABLE =
            "create table bare_batch(id text primary key, directory text not null, created_us bigint not null)";
    private static final int ROWS = 100;
    /** PGCOPY, its mark against damage, no flags, no extension. */
    private static final byte[] COPY_HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private static final int MOST_BYTES = 100; // of a row
    private static final long FINISHED_US = 1_700_000_000_000_000L;

    /** Inserts a row for each batch, in a commit of its own: its creator waits for each. */
    void create(Connection connection, int batches) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("insert into bare_batch values (?, ?, ?)")) {
            for (int batch = 0; batch < batches; batch++) {
                statement.setString(1, "bat-" + batch);
                statement.setString(2, NoOpFiles.DIRECTORY);
                statement.setLong(3, FINISHED_US + batch);
                statement.executeUpdate();
                connection.commit();
            }
        }
    }

    /** Makes the tables. */
    abstract void prepare(Connection connection) throws SQLException;

    /** Inserts a row for each file. */
    abstract void insert(Connection connection, List<String> ids, int commitSize) throws SQLException;

    private static String insertOf(int rows) {
        return "insert into bare values " + "(?,?,?,?,?),".repeat(rows - 1) + "(?,?,?,?,?)";
    }
}
