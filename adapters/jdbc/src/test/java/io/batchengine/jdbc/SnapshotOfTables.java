package io.batchengine.jdbc;

import io.batchengine.model.Text;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables of a store as they were at one moment, to which a PostgreSQL database is set back while engines work on it. To them it is as if a
 * standby that lagged had been promoted, or a backup restored: but their connections live on, so nothing warns them.
 */
final class SnapshotOfTables {
    private static final List<String> TABLES =
            List.of("batch", "snapshot", "page", "success", "file", "delayed", "owner");

    private final String url;
    private final String prefix;

    SnapshotOfTables(String url, String prefix) {
        this.url = url;
        this.prefix = prefix;
    }

    /** Keeps what is in the tables now, in place of what was kept before. */
    void take() throws SQLException {
        inTransaction(statement -> {
            statement.execute("set transaction isolation level repeatable read");
            for (String table : TABLES) {
                statement.execute(Text.format("drop table if exists kept_%s", table));
                statement.execute(Text.format("create table kept_%s as table %s%s", table, prefix, table));
            }
        });
    }

    /** Sets the tables back; all writes since are gone. */
    void restore() throws SQLException {
        inTransaction(statement -> {
            StringBuilder all = new StringBuilder();
            TABLES.forEach(table ->
                    all.append(all.isEmpty() ? "" : ", ").append(prefix).append(table));
            statement.execute(Text.format("lock table %s in access exclusive mode", all));
            for (String table : TABLES) {
                statement.execute(Text.format("delete from %s%s", prefix, table));
                statement.execute(Text.format(
                        "insert into %s%s overriding system value select * from kept_%s", prefix, table, table));
            }
        });
    }

    private interface Work {
        void on(Statement statement) throws SQLException;
    }

    private void inTransaction(Work work) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                work.on(statement);
            }
            connection.commit();
        }
    }
}
