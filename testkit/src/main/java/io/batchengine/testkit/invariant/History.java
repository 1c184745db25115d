package io.batchengine.testkit.invariant;

import io.batchengine.spi.FileRecord;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.spi.store.StoredBatch;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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

    /** Whether all batches have ended. */
    List<StoredBatch> standing(Predicate<BatchHistory> which) {
        return batches.values().stream()
                .filter(batch -> !batch.deleted && which.test(batch))
                .map(batch -> batch.now)
                .toList();
    }

    /** A batch as it is stored. */
    Optional<StoredBatch> find(BatchStore store, String batchId) {
        BatchHistory batch = find(batchId);
        return batch == null ? Optional.empty() : store.find(new BatchKey.ById(batch.projectId(), batchId));
    }

    static List<FileRecord> files(BatchStore store, String batchId) {
        return store.files(FileQuery.InBatch.of(batchId, 0, Long.MAX_VALUE, Set.of(), Integer.MAX_VALUE));
    }

    /** What is stored now is what has happened. */
    void setBack(BatchStore store) {
        for (BatchHistory batch : batches.values()) {
            Optional<StoredBatch> stored = find(store, batch.id());
            if (stored.isEmpty()) {
                batch.setBack |= !batch.deleted;
                batch.deleted = true;
            } else if (batch.deleted || !stored.get().equals(batch.now)) {
                batch.setBack(stored.get(), files(store, batch.id()));
            }
        }
    }
}
