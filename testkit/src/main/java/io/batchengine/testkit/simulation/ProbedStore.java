package io.batchengine.testkit.simulation;

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
import io.batchengine.testkit.invariant.Checkers;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Stands directly behind one engine, before all faults, and tells the checkers what the engine has learnt of cancel requests. */
final class ProbedStore implements BatchStore {
    private final BatchStore real;
    private final SimulatedProcess process;
    private final Checkers checkers;
    private final Trace trace;

    ProbedStore(BatchStore real, SimulatedProcess process, Checkers checkers, Trace trace) {
        this.real = real;
        this.process = process;
        this.checkers = checkers;
        this.trace = trace;
    }

    @Override
    public Creating create(NewBatch batch) {
        return real.create(batch);
    }

    @Override
    public Optional<StoredBatch> find(BatchKey key) {
        return real.find(key);
    }

    @Override
    public BatchPage list(BatchQuery query) {
        return real.list(query);
    }

    @Override
    public List<Verdict> commit(List<BatchCommit> commits) {
        List<Verdict> verdicts = real.commit(commits);
        for (int i = 0; verdicts != null && i < Math.min(commits.size(), verdicts.size()); i++) {
            if (verdicts.get(i).cancelRequested()) {
                seen(commits.get(i).batchId(), commits.get(i).epoch());
            }
        }
        return verdicts;
    }

    @Override
    public List<Claimed> claim(ClaimRequest request) {
        List<Claimed> claimed = real.claim(request);
        if (claimed != null) {
            for (Claimed one : claimed) {
                StoredBatch.State state = one.batch().state();
                if (state.cancelRequested()) {
                    seen(one.batch().id(), state.epoch());
                }
            }
        }
        return claimed;
    }

    @Override
    public Renewal renew(String owner, Duration lease, List<Hold> releases) {
        Renewal renewal = real.renew(owner, lease, releases);
        if (renewal != null) {
            for (Hold hold : renewal.held()) {
                if (renewal.cancelRequested().contains(hold.batchId())) {
                    seen(hold.batchId(), hold.epoch());
                }
            }
        }
        return renewal;
    }

    private void seen(String batchId, long epoch) {
        trace.add(process, "sees that ", batchId, " is cancelled");
        checkers.cancelSeen(process, batchId, epoch);
    }

    @Override
    public CancelReply requestCancel(BatchKey key) {
        return real.requestCancel(key);
    }

    @Override
    public List<FileRecord> files(FileQuery query) {
        return real.files(query);
    }

    @Override
    public List<FileRecord> delayed(DelayedQuery query) {
        return real.delayed(query);
    }

    @Override
    public DeleteReply delete(DeleteRequest request, int slice) {
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
