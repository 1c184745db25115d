package io.batchengine.testkit;

import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.CreateResult;
import io.batchengine.spi.store.ForwardingBatchStore;
import io.batchengine.spi.store.StoredBatch;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Hands each call on to a sound store; a subclass breaks one rule. */
class SoundStore extends ForwardingBatchStore {
    final BatchStore sound;
    private final Map<String, String> projects = new ConcurrentHashMap<>();

    SoundStore(BatchStore sound) {
        this.sound = sound;
    }

    /** A batch by its id alone. */
    final Optional<StoredBatch> anywhere(String batchId) {
        String project = projects.get(batchId);
        return project == null ? Optional.empty() : sound.find(new BatchKey.ById(project, batchId));
    }

    @Override
    public CreateResult create(BatchRecord batch) {
        projects.put(batch.id(), batch.scope().projectId());
        return sound.create(batch);
    }

    @Override
    protected BatchStore delegate() {
        return sound;
    }
}
