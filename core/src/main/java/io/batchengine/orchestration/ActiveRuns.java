package io.batchengine.orchestration;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The batches that this engine owns. Changed by decisions only; read by any thread. */
final class ActiveRuns {
    private final Map<String, BatchRun> runs = new ConcurrentHashMap<>();

    @Nullable
    BatchRun find(String batchId) {
        return runs.get(batchId);
    }

    void add(BatchRun run) {
        runs.put(run.batch.id(), run);
    }

    void remove(BatchRun run) {
        runs.remove(run.batch.id(), run);
    }

    Collection<BatchRun> all() {
        return runs.values();
    }

    int size() {
        return runs.size();
    }
}
