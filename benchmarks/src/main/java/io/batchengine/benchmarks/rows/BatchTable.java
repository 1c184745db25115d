package io.batchengine.benchmarks.rows;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The table of batches that stands beside the one of files. */
final class BatchTable {
    static final String CREATE =
            "create table bare_batch(id text primary key, directory text not null, created_us bigint not null)";

    private BatchTable() {}

    static void insert(Connection connection, int batches) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("insert into bare_batch values (?, ?, ?)")) {
            for (int batch = 0; batch < batches; batch++) {
                statement.setString(1, "bat-" + batch);
                statement.setString(2, "dir-any");
                statement.setLong(3, RowSink.CREATED_US + batch);
                statement.executeUpdate();
                connection.commit();
            }
        }
    }
}
