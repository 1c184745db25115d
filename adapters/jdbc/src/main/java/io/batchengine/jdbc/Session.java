package io.batchengine.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A connection with its prepared statements, used by one call at a time. */
final class Session {
    /** Sets a statement's parameters. */
    interface Bind {
        void to(Args args) throws SQLException;
    }

    /** Reads one row. */
    interface Read<T> {
        T row(ResultRow row) throws SQLException;
    }

    static final Bind NOTHING = args -> {};
    private static final int KEPT = 200;

    private final Connection connection;
    private final LentConnection lent;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(64, 0.75f, true);
    private final Checksum written = new Checksum();
    private final Checksum read = new Checksum();

    Session(Connection connection) {
        this(LentConnection.kept(connection));
    }

    /** Gives the connection back at {@link #end}. */
    Session(LentConnection lent) {
        this.lent = lent;
        this.connection = lent.connection();
    }

    Connection connection() {
        return connection;
    }

    /** The statement of an SQL text; kept, so that the next call finds it prepared. */
    private PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known != null) {
            return known;
        }
        if (statements.size() >= KEPT) {
            var eldest = statements.entrySet().iterator();
            PreparedStatement old = eldest.next().getValue();
            eldest.remove();
            old.close();
        }
        PreparedStatement made = connection.prepareStatement(sql);
        statements.put(sql, made);
        return made;
    }

    void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    int update(String sql, Bind bind) throws SQLException {
        return with(sql, statement -> {
            bind.to(new Args(statement, written));
            return statement.executeUpdate();
        });
    }

    /** Runs one statement for each item, in one round trip where the database has such; tells how many rows each has changed. */
    <T> int[] updateAll(String sql, List<T> items, BindItem<T> bind) throws SQLException {
        if (items.isEmpty()) {
            return new int[0];
        }
        return with(sql, statement -> {
            for (T item : items) {
                bind.to(new Args(statement, written), item);
                statement.addBatch();
            }
            return statement.executeBatch();
        });
    }

    /** Sets a statement's parameters for an item. */
    interface BindItem<T> {
        void to(Args args, T item) throws SQLException;
    }

    <T> List<T> query(String sql, Bind bind, Read<T> read) throws SQLException {
        return with(sql, statement -> {
            bind.to(new Args(statement, written));
            List<T> rows = new ArrayList<>();
            try (ResultSet results = statement.executeQuery()) {
                while (results.next()) {
                    rows.add(read.row(new ResultRow(results, this.read)));
                }
            }
            return rows;
        });
    }

    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    /** Uses a statement, and drops it where that fails: after damage SQLite's driver may refuse every later use of it. */
    private <T> T with(String sql, Use<T> use) throws SQLException {
        PreparedStatement statement = prepare(sql);
        boolean done = false;
        try {
            T answer = use.of(statement);
            done = true;
            return answer;
        } finally {
            if (!done) {
                statements.remove(sql, statement);
                closeQuietly(statement);
            }
        }
    }

    <T> Optional<T> queryOne(String sql, Bind bind, Read<T> read) throws SQLException {
        return query(sql, bind, read).stream().findFirst();
    }

    /** The number that a query answers in its first row and column; 0 where it has no row. */
    long queryNumber(String sql, Bind bind) throws SQLException {
        return queryOne(sql, bind, ResultRow::number).orElse(0L);
    }

    /** Closes the connection, or gives it back with the settings that it came with. */
    void end() {
        closeStatements();
        lent.close();
    }

    /** Lets go of the statements; the connection stays open. */
    void closeStatements() {
        statements.values().forEach(Session::closeQuietly);
        statements.clear();
    }

    private static void closeQuietly(PreparedStatement statement) {
        try {
            statement.close();
        } catch (SQLException gone) {
            // With its connection, then.
        }
    }
}
