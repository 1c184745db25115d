package io.batchengine.internal.engine.base;

import io.batchengine.model.StatusReason;
import io.batchengine.spi.store.StoredBatch;

/** Whether a store says of a batch that rows of it are damaged. */
public final class KnownDamage {
    private KnownDamage() {}

    public static boolean isTold(StoredBatch batch) {
        StatusReason reason = batch.state().reason();
        return reason != null && reason.code() == StatusReason.Code.STORE_CORRUPT;
    }
}
