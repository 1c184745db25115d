package io.batchengine.benchmarks.peer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.batchengine.benchmarks.contender.Storage;
import io.batchengine.model.Text;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * The database of a peer: a pool of connections, and the table of per-file results for those that keep none by themselves.
 *
 * <p>The pool is HikariCP, with as many connections as the peer has use for at once. PostgreSQL's driver rewrites batches into statements of
 * many rows ({@code reWriteBatchedInserts}). On SQLite the pool has one connection, since there is one writer at a time: waiting for the
 * connection is cheaper than for the lock of the file.
 */
final class PeerDatabase implements AutoCloseable {
    private static final String COLUMNS = "(run, ordinal, file_id, job_id, outcome, message, finished_us, duration_ms)";

    private final HikariDataSource pool;
    private final boolean sqlite;
    private final String table;
    private long lastRun;

    private PeerDatabase(HikariDataSource pool, boolean sqlite, String table) {
        this.pool = pool;
        this.sqlite = sqlite;
        this.table = table;
    }

    /**
     * Opens the database of a peer and makes its table again.
     *
     * @param peer its name, of which file and table have theirs
     * @param connections at once
     * @throws IllegalArgumentException for the memory, where no result is durable
     */
    static PeerDatabase open(Storage storage, String peer, int connections) throws SQLException {
        HikariConfig config = new HikariConfig();
        boolean sqlite = false;
        if (storage instanceof Storage.Postgresql server) {
            config.setJdbcUrl(server.url());
            config.addDataSourceProperty("reWriteBatchedInserts", "true");
            config.setMaximumPoolSize(connections);
        } else if (storage instanceof Storage.Sqlite file) {
            sqlite = true;
            Path path = file.folder().resolve(peer + ".db");
            config.setJdbcUrl("jdbc:sqlite:" + path + "?journal_mode=WAL&synchronous=FULL&busy_timeout=60000");
            config.setMaximumPoolSize(1);
        } else {
            throw new IllegalArgumentException(
                    peer + " keeps durable results only: PostgreSQL or SQLite, not " + storage);
        }
        config.setPoolName(peer);
        PeerDatabase database =
                new PeerDatabase(new HikariDataSource(config), sqlite, peer.replace('-', '_') + "_result");
        database.makeTable();
        return database;
    }

    DataSource dataSource() {
        return pool;
    }

    boolean isSqlite() {
        return sqlite;
    }

    /** The number of the next round. */
    long nextRun() {
        return ++lastRun;
    }

    /** The statement that inserts a result; {@link #set} sets its parameters. */
    String insertSql() {
        return "insert into " + table + COLUMNS + " values (?, ?, ?, ?, ?, ?, ?, ?)";
    }

    static void set(PreparedStatement statement, long run, FileResult result) throws SQLException {
        statement.setLong(1, run);
        statement.setLong(2, result.ordinal());
        statement.setString(3, result.fileId());
        statement.setString(4, result.jobId());
        statement.setShort(5, result.outcome());
        statement.setString(6, result.message());
        statement.setLong(7, result.finishedMicros());
        statement.setInt(8, result.durationMillis());
    }

    /** Inserts one result in a commit of its own, which is one message to the server. */
    void insert(long run, FileResult result) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(insertSql())) {
            set(statement, run, result);
            statement.executeUpdate();
        }
    }

    /**
     * Checks that the table has a result for every file of a round, with the outcomes that its jobs had.
     *
     * @throws IllegalStateException where not
     */
    void verify(PeerRound round) throws SQLException {
        String query = "select count(*), sum(case when outcome = 1 then 1 else 0 end), min(ordinal), max(ordinal) from "
                + table + " where run = " + round.number();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            verify(round, row.getLong(1), row.getLong(2));
            if (row.getLong(3) != 0 || row.getLong(4) != round.files() - 1) {
                throw new IllegalStateException("ordinals " + row.getLong(3) + " to " + row.getLong(4));
            }
        }
    }

    /** Checks what the database of a peer has against what its jobs did. */
    static void verify(PeerRound round, long results, long failed) {
        if (round.runs() != round.files() || results != round.files() || failed != round.failures()) {
            throw new IllegalStateException(Text.format(
                    "%,d files, %,d jobs run, %,d of them failed; results %,d, %,d of them failed",
                    round.files(), round.runs(), round.failures(), results, failed));
        }
    }

    /** Empties tables. */
    void clear(String... more) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            if (sqlite) {
                statement.execute("delete from " + table);
                for (String other : more) {
                    statement.execute("delete from " + other);
                }
                statement.execute("pragma wal_checkpoint(truncate)");
            } else {
                statement.execute(
                        "truncate " + table + (more.length == 0 ? "" : ", " + String.join(", ", more)) + " cascade");
            }
        }
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private void makeTable() throws SQLException {
        execute(
                "drop table if exists " + table,
                "create table " + table + "(run bigint not null, ordinal bigint not null, file_id text not null,"
                        + " job_id text not null, outcome smallint not null, message text, finished_us bigint not null,"
                        + " duration_ms int not null, primary key (run, ordinal))" + (sqlite ? " without rowid" : ""));
    }
}
