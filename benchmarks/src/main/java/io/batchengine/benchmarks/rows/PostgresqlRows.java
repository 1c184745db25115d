package io.batchengine.benchmarks.rows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/** A binary COPY a commit: half as quick again as an insert of arrays. */
public final class PostgresqlRows implements RowSink {
    /** PGCOPY, its mark against damage, no flags, no extension. */
    private static final byte[] COPY_HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private static final int MOST_BYTES = 100; // of a row

    private final Connection connection;
    private final CopyManager copies;

    /**
     * New tables; those of an earlier run are dropped.
     *
     * @param url of the server
     * @throws SQLException if they can't be made
     */
    public PostgresqlRows(String url) throws SQLException {
        connection = DriverManager.getConnection(url);
        copies = new CopyManager(connection.unwrap(BaseConnection.class));
        connection.setAutoCommit(false);
        clear();
    }

    @Override
    public void create(int batches) throws SQLException {
        BatchTable.insert(connection, batches);
    }

    @Override
    public void write(RowBlock rows) throws SQLException {
        ByteBuffer bytes = ByteBuffer.allocate(COPY_HEADER.length + rows.size() * MOST_BYTES + Short.BYTES);
        bytes.put(COPY_HEADER);
        for (int row = 0; row < rows.size(); row++) {
            byte[] id = rows.fileIds[row].getBytes(StandardCharsets.UTF_8);
            bytes.putShort((short) 5).putInt(Long.BYTES).putLong(rows.ordinals[row]);
            bytes.putInt(id.length).put(id);
            bytes.putInt(Short.BYTES).putShort(rows.outcomes[row]);
            bytes.putInt(Long.BYTES).putLong(rows.finishedUs[row]);
            bytes.putInt(Integer.BYTES).putInt(rows.durationsMs[row]);
        }
        bytes.putShort((short) -1);
        CopyIn copy = copies.copyIn("copy bare from stdin (format binary)");
        copy.writeToCopy(bytes.array(), 0, bytes.position());
        copy.endCopy();
        connection.commit();
    }

    @Override
    public void clear() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists bare, bare_batch");
            statement.execute("create table bare(ordinal bigint primary key, file_id text not null,"
                    + " outcome smallint not null, finished_us bigint not null, duration_ms int not null)");
            statement.execute(BatchTable.CREATE);
        }
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
