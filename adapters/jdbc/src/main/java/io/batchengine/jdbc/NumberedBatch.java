package io.batchengine.jdbc;

import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.StoredBatch;

/**
 * A batch with what only its row tells.
 *
 * @param id its id
 * @param number what its other rows name it by
 * @param pageEnd one more than the last ordinal of its recorded pages
 * @param hasDelayed whether a file of it was ever delayed
 * @param hidden whether its deletion has begun
 * @param batch the batch
 */
record NumberedBatch(String id, long number, long pageEnd, boolean hasDelayed, boolean hidden, StoredBatch batch) {
    NumberedBatch with(StoredBatch changed) {
        return new NumberedBatch(id, number, pageEnd, hasDelayed, hidden, changed);
    }

    /** Hidden, and without its idempotency key, which is free from then on. */
    NumberedBatch beingDeleted() {
        BatchRecord keyless = batch.request().toBuilder().idempotencyKey(null).build();
        return new NumberedBatch(id, number, pageEnd, hasDelayed, true, batch.withRequest(keyless));
    }
}
