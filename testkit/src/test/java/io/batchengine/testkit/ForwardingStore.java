package io.batchengine.testkit;

import io.batchengine.spi.BatchCommit;
import io.batchengine.spi.BatchKey;
import io.batchengine.spi.BatchPage;
import io.batchengine.spi.BatchQuery;
import io.batchengine.spi.BatchStore;
import io.batchengine.spi.CancelReply;
import io.batchengine.spi.ClaimRequest;
import io.batchengine.spi.Claimed;
import io.batchengine.spi.Creating;
import io.batchengine.spi.DeleteReply;
import io.batchengine.spi.DeleteRequest;
import io.batchengine.spi.FileQuery;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.Hold;
import io.batchengine.spi.NewBatch;
import io.batchengine.spi.Renewal;
import io.batchengine.spi.StoredBatch;
import io.batchengine.spi.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Hands each call on to a sound store; a subclass breaks one rule. */
class ForwardingStore implements BatchStore {
    final BatchStore sound;
    private final Map<String, String> projects = new ConcurrentHashMap<>();

    ForwardingStore(BatchStore sound) {
        this.sound = sound;
    }

    /** A batch by its id alone. */
    final Optional<StoredBatch> anywhere(String batchId) {
        String project = projects.get(batchId);
        return project == null ? Optional.empty() : sound.find(new BatchKey.ById(project, batchId));
    }

    @Override
    public Creating create(NewBatch batch) {
        projects.put(batch.id(), batch.scope().projectId());
        return sound.create(batch);
    }

    @Override
    public Optional<StoredBatch> find(BatchKey key) {
        return sound.find(key);
    }

    @Override
    public BatchPage list(BatchQuery query) {
        return sound.list(query);
    }

    @Override
    public List<Verdict> commit(List<BatchCommit> commits) {
        return sound.commit(commits);
    }

    @Override
    public List<Claimed> claim(ClaimRequest request) {
        return sound.claim(request);
    }

    @Override
    public Renewal renew(String owner, Duration lease, List<Hold> releases) {
        return sound.renew(owner, lease, releases);
    }

    @Override
    public CancelReply requestCancel(BatchKey key) {
        return sound.requestCancel(key);
    }

    @Override
    public List<FileRecord> files(FileQuery query) {
        return sound.files(query);
    }

    @Override
    public DeleteReply delete(DeleteRequest request, int slice) {
        return sound.delete(request, slice);
    }

    @Override
    public List<String> warnings() {
        return sound.warnings();
    }

    @Override
    public List<String> notes() {
        return sound.notes();
    }

    @Override
    public void close() {
        sound.close();
    }
}
