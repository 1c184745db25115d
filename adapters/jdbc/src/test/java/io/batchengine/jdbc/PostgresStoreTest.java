package io.batchengine.jdbc;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class PostgresStoreTest extends StoreRules {
    @SuppressWarnings("NullAway.Init")
    private static String url;

    @BeforeAll
    static void makeDatabase() throws SQLException {
        url = TestPostgres.newDatabase();
    }

    @AfterEach
    void empty() throws SQLException {
        TestPostgres.execute(
                url,
                "truncate batch_engine_batch, batch_engine_snapshot, batch_engine_page, batch_engine_file,"
                        + " batch_engine_parked, batch_engine_owner");
    }

    @Override
    JdbcBatchStore open() {
        return JdbcBatchStore.open(url);
    }

    @Override
    void lapseLeases() throws SQLException {
        TestPostgres.execute(url, "update batch_engine_owner set lease_until_us = 0");
    }
}
