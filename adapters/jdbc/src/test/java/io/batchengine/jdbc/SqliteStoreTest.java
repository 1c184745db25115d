package io.batchengine.jdbc;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreRules {
    private final AtomicLong nanos = new AtomicLong();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Override
    JdbcBatchStore open() {
        return JdbcBatchStore.sqlite(folder.resolve("batches.db"), nanos::get);
    }

    @Override
    void lapseLeases() {
        nanos.addAndGet(Batches.LEASE.toNanos() + 1);
    }
}
