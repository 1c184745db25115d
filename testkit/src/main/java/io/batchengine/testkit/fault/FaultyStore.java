package io.batchengine.testkit.fault;

import io.batchengine.spi.BatchCommit;
import io.batchengine.spi.BatchKey;
import io.batchengine.spi.BatchPage;
import io.batchengine.spi.BatchQuery;
import io.batchengine.spi.BatchStore;
import io.batchengine.spi.CancelReply;
import io.batchengine.spi.ClaimRequest;
import io.batchengine.spi.Claimed;
import io.batchengine.spi.Creating;
import io.batchengine.spi.DelayedQuery;
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
import java.util.Optional;

/** A store whose calls go wrong. */
record FaultyStore(BatchStore real, Faults faults) implements BatchStore {
    @Override
    public Creating create(NewBatch batch) {
        return faults.call(Call.STORE_CREATE, () -> real.create(batch));
    }

    @Override
    public Optional<StoredBatch> find(BatchKey key) {
        return faults.call(Call.STORE_FIND, () -> real.find(key));
    }

    @Override
    public BatchPage list(BatchQuery query) {
        return faults.call(Call.STORE_LIST, () -> real.list(query));
    }

    @Override
    public List<Verdict> commit(List<BatchCommit> commits) {
        return faults.call(Call.STORE_COMMIT, () -> real.commit(commits));
    }

    @Override
    public List<Claimed> claim(ClaimRequest request) {
        return faults.call(Call.STORE_CLAIM, () -> real.claim(request));
    }

    @Override
    public Renewal renew(String owner, Duration lease, List<Hold> releases) {
        return faults.call(Call.STORE_RENEW, () -> real.renew(owner, lease, releases));
    }

    @Override
    public CancelReply requestCancel(BatchKey key) {
        return faults.call(Call.STORE_REQUEST_CANCEL, () -> real.requestCancel(key));
    }

    @Override
    public List<FileRecord> files(FileQuery query) {
        return faults.call(Call.STORE_FILES, () -> real.files(query));
    }

    @Override
    public List<FileRecord> delayed(DelayedQuery query) {
        return faults.call(Call.STORE_FILES, () -> real.delayed(query));
    }

    @Override
    public DeleteReply delete(DeleteRequest request, int slice) {
        return faults.call(Call.STORE_DELETE, () -> real.delete(request, slice));
    }

    @Override
    public List<String> warnings() {
        return real.warnings();
    }

    @Override
    public List<String> notes() {
        return real.notes();
    }

    @Override
    public void close() {
        faults.call(Call.STORE_CLOSE, () -> {
            real.close();
            return true;
        });
    }
}
