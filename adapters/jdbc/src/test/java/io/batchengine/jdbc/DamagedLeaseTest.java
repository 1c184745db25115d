package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.spi.store.StoredBatch;
import org.junit.jupiter.api.Test;

/** A lease that no engine can have asked for: a flipped bit of it must not keep a batch from everybody for a thousand years. */
class DamagedLeaseTest {
    @Test
    void a_lease_of_more_than_an_engine_asks_for_keeps_no_batch() throws Exception {
        String url = TestPostgres.newDatabase();
        try (JdbcBatchStore store =
                JdbcBatchStore.builder().url(url).ownerLocks(false).build()) {
            TestBatches batches = new TestBatches(store);
            batches.create("bat-1");
            assertThat(batches.claim("engine-1")).hasSize(1);
            assertThat(batches.claim("engine-2")).isEmpty();
            TestPostgres.execute(
                    url, "update batch_engine_owner set lease_until_us = lease_until_us + (1::bigint << 50)");
            assertThat(batches.claim("engine-2")).extracting(StoredBatch::id).containsExactly("bat-1");
        }
    }
}
