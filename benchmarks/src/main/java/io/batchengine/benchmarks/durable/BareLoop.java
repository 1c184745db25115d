package io.batchengine.benchmarks.durable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The best loop known that does nothing but insert a row (ordinal, file id, outcome, finished at, duration) per file into the database,
 * in durable commits of a given number of rows.
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

    /** A statement a commit, its rows as arrays. */
    POSTGRESQL {
        @Override
        void prepare(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("drop table if exists bare");
                statement.execute("create table bare(ordinal bigint primary key, file_id text not null,"
                        + " outcome smallint not null, finished_us bigint not null, duration_ms int not null)");
            }
        }

        @Override
        void insert(Connection connection, List<String> ids, int commitSize) throws SQLException {
            String sql =
                    "insert into bare select * from unnest(?::bigint[], ?::text[], ?::smallint[], ?::bigint[], ?::int[])";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int begin = 0; begin < ids.size(); begin += commitSize) {
                    int rows = Math.min(commitSize, ids.size() - begin);
                    Long[] ordinals = new Long[rows];
                    String[] names = new String[rows];
                    Short[] outcomes = new Short[rows];
                    Long[] finished = new Long[rows];
                    Integer[] durations = new Integer[rows];
                    for (int row = 0; row < rows; row++) {
                        ordinals[row] = (long) begin + row;
                        names[row] = ids.get(begin + row);
                        outcomes[row] = 0;
                        finished[row] = FINISHED_US + begin + row;
                        durations[row] = 0;
                    }
                    statement.setArray(1, connection.createArrayOf("int8", ordinals));
                    statement.setArray(2, connection.createArrayOf("text", names));
                    statement.setArray(3, connection.createArrayOf("int2", outcomes));
                    statement.setArray(4, connection.createArrayOf("int8", finished));
                    statement.setArray(5, connection.createArrayOf("int4", durations));
                    statement.executeUpdate();
                    connection.commit();
                }
            }
        }
    };

    private static final int ROWS = 100;
    private static final long FINISHED_US = 1_700_000_000_000_000L;

    /** Makes the table. */
    abstract void prepare(Connection connection) throws SQLException;

    /** Inserts a row for each file. */
    abstract void insert(Connection connection, List<String> ids, int commitSize) throws SQLException;

    private static String insertOf(int rows) {
        return "insert into bare values " + "(?,?,?,?,?),".repeat(rows - 1) + "(?,?,?,?,?)";
    }
}
