package io.batchengine.benchmarks.lineup;

import io.batchengine.benchmarks.contender.Contender;
import io.batchengine.benchmarks.contender.Storage;
import io.batchengine.benchmarks.rows.JournalRows;
import io.batchengine.benchmarks.rows.PostgresqlRows;
import io.batchengine.benchmarks.rows.RowSink;
import io.batchengine.benchmarks.rows.SqliteRows;
import java.io.IOException;
import java.sql.SQLException;

/** Opens what is written by hand. */
final class Handwritten {
    private Handwritten() {}

    static Contender pool(Storage storage, int threads) throws SQLException {
        return storage instanceof Storage.Memory ? new PlainPool(threads) : new DurablePool(rows(storage), threads);
    }

    static RowSink rows(Storage storage) throws SQLException {
        if (storage instanceof Storage.Sqlite sqlite) {
            return new SqliteRows(sqlite.folder());
        }
        if (storage instanceof Storage.Postgresql server) {
            return new PostgresqlRows(server.url());
        }
        throw new IllegalArgumentException("no rows are inserted into " + storage);
    }

    static RowSink journal(Storage storage) throws IOException {
        if (storage instanceof Storage.Sqlite sqlite) {
            return new JournalRows(sqlite.folder());
        }
        throw new IllegalArgumentException("a journal has a folder, not " + storage);
    }
}
