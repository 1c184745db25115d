package io.batchengine.testkit.invariant;

import io.batchengine.spi.StoredBatch;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has really happened in a run: the ledger outside of all processes. Not for use by several threads. */
final class History {
    private final Map<String, BatchHistory> batches = new LinkedHashMap<>();

    BatchHistory created(StoredBatch batch) {
        return batches.computeIfAbsent(batch.id(), id -> new BatchHistory(batch));
    }

    @Nullable
    BatchHistory find(String batchId) {
        return batches.get(batchId);
    }

    BatchHistory get(String batchId) {
        BatchHistory batch = batches.get(batchId);
        if (batch == null) {
            throw new IllegalStateException("batch " + batchId + " was never created");
        }
        return batch;
    }

    Collection<BatchHistory> all() {
        return batches.values();
    }
}
