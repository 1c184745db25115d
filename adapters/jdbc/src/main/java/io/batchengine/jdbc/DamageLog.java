package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.Text;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which batches a store has found damaged: each is logged once, and told until it is gone. Any thread. */
final class DamageLog {
    private static final Logger LOG = LoggerFactory.getLogger(DamageLog.class);
    private static final int MOST = 100;

    private final Map<String, String> byBatch = new ConcurrentSkipListMap<>();

    /** Something of a batch is damaged. */
    void found(String batchId, String message) {
        if (byBatch.size() < MOST && byBatch.put(batchId, message) == null) {
            LOG.error("{}", message);
        }
    }

    /** The row of a batch is damaged. */
    void found(FoundBatch batch) {
        found(batch.id(), String.valueOf(FoundBatch.damage(batch.id()).getMessage()));
    }

    /** The batch was deleted, or ended for its damage. */
    void gone(String batchId) {
        byBatch.remove(batchId);
    }

    /** What to tell people, the first {@value #MOST} of them. */
    List<String> messages() {
        return List.copyOf(byBatch.values());
    }

    /** Notes damage that a call is about to tell of. */
    BatchEngineException noted(String batchId, BatchEngineException damage) {
        found(batchId, Text.describe(damage));
        return damage;
    }
}
