package io.batchengine.benchmarks.guard;

import io.batchengine.spi.FileRecord;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.spi.store.ForwardingBatchStore;
import io.batchengine.spi.store.Verdict;
import java.util.List;
import java.util.function.Supplier;

/** Counts the calls of a store, and what its commits carry; a commit takes its time. */
final class CountingStore extends ForwardingBatchStore {
    private final BatchStore real;
    private final Counts counts;
    private final Runnable commitTime;

    CountingStore(BatchStore real, Counts counts, Runnable commitTime) {
        this.real = real;
        this.counts = counts;
        this.commitTime = commitTime;
    }

    @Override
    public List<Verdict> commit(List<BatchCommit> commits) {
        counts.add("commits", 1);
        counts.add("batches-in-commits", commits.size());
        for (BatchCommit commit : commits) {
            int rows = commit.pages().size()
                    + commit.settled().size()
                    + commit.delayed().size();
            counts.add("rows-in-commits", rows);
        }
        commitTime.run();
        return super.commit(commits);
    }

    @Override
    public List<FileRecord> files(FileQuery query) {
        List<FileRecord> found = super.files(query);
        counts.add("files-read", found.size());
        return found;
    }

    @Override
    protected <T> T call(String method, Supplier<T> call) {
        if (!method.equals("close")) {
            counts.add("calls", 1);
        }
        return call.get();
    }

    @Override
    protected BatchStore delegate() {
        return real;
    }
}
