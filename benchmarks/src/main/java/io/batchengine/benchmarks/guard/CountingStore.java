package io.batchengine.benchmarks.guard;

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
import java.util.Optional;

/** Counts the calls of a store, and what its commits carry; a commit takes its time. */
final class CountingStore implements BatchStore {
    private final BatchStore real;
    private final Counts counts;
    private final Runnable commitTime;

    CountingStore(BatchStore real, Counts counts, Runnable commitTime) {
        this.real = real;
        this.counts = counts;
        this.commitTime = commitTime;
    }

    @Override
    public Creating create(NewBatch batch) {
        counts.add("calls", 1);
        return real.create(batch);
    }

    @Override
    public Optional<StoredBatch> find(BatchKey key) {
        counts.add("calls", 1);
        return real.find(key);
    }

    @Override
    public BatchPage list(BatchQuery query) {
        counts.add("calls", 1);
        return real.list(query);
    }

    @Override
    public List<Verdict> commit(List<BatchCommit> commits) {
        counts.add("calls", 1);
        counts.add("commits", 1);
        counts.add("batches-in-commits", commits.size());
        for (BatchCommit commit : commits) {
            int rows = commit.pages().size()
                    + commit.settled().size()
                    + commit.parked().size();
            counts.add("rows-in-commits", rows);
        }
        commitTime.run();
        return real.commit(commits);
    }

    @Override
    public List<Claimed> claim(ClaimRequest request) {
        counts.add("calls", 1);
        return real.claim(request);
    }

    @Override
    public Renewal renew(String owner, Duration lease, List<Hold> releases) {
        counts.add("calls", 1);
        return real.renew(owner, lease, releases);
    }

    @Override
    public CancelReply requestCancel(BatchKey key) {
        counts.add("calls", 1);
        return real.requestCancel(key);
    }

    @Override
    public List<FileRecord> files(FileQuery query) {
        counts.add("calls", 1);
        List<FileRecord> found = real.files(query);
        counts.add("files-read", found.size());
        return found;
    }

    @Override
    public DeleteReply delete(DeleteRequest request, int slice) {
        counts.add("calls", 1);
        return real.delete(request, slice);
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
        real.close();
    }
}
