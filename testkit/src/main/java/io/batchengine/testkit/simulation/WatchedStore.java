package io.batchengine.testkit.simulation;

import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.CancelReply;
import io.batchengine.spi.store.ClaimRequest;
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.CreateResult;
import io.batchengine.spi.store.DeleteReply;
import io.batchengine.spi.store.DeleteRequest;
import io.batchengine.spi.store.ForwardingBatchStore;
import io.batchengine.spi.store.RenewRequest;
import io.batchengine.spi.store.Renewal;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import io.batchengine.testkit.invariant.Checkers;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stands directly before the store, behind all faults, and tells the checkers what one process really changes there. */
final class WatchedStore extends ForwardingBatchStore {
    private final BatchStore real;
    private final SimulatedProcess process;
    private final Checkers checkers;
    private final Trace trace;

    /** A commit as the trace shows it. */
    private record Written(BatchCommit commit) {
        @Override
        public String toString() {
            return "commit " + commit.batchId() + " epoch " + commit.epoch() + " version "
                    + (commit.expectedVersion() + 1) + " " + commit.status() + ", "
                    + commit.pages().size() + " pages, "
                    + commit.settled().size() + " settled, "
                    + commit.delayed().size() + " delayed";
        }
    }

    WatchedStore(BatchStore real, SimulatedProcess process, Checkers checkers, Trace trace) {
        this.real = real;
        this.process = process;
        this.checkers = checkers;
        this.trace = trace;
    }

    @Override
    public CreateResult create(BatchRecord batch) {
        CreateResult answer = real.create(batch);
        trace.add(process, "create ", batch.id(), ": ", answer.getClass().getSimpleName());
        if (answer instanceof CreateResult.Created created) {
            checkers.created(created.batch());
        }
        return answer;
    }

    @Override
    public List<Verdict> commit(List<BatchCommit> commits) {
        List<Optional<StoredBatch>> before = new ArrayList<>();
        for (BatchCommit commit : commits) {
            before.add(checkers.find(real, commit.batchId()));
        }
        List<Verdict> verdicts = real.commit(commits);
        for (int i = 0; i < commits.size(); i++) {
            BatchCommit commit = commits.get(i);
            Verdict verdict = verdicts.get(i);
            trace.add(process, new Written(commit), ": ", verdict.kind());
            checkers.committed(process, commit, verdict, before.get(i), checkers.find(real, commit.batchId()));
        }
        return verdicts;
    }

    @Override
    public List<Claimed> claim(ClaimRequest request) {
        List<Claimed> claimed = real.claim(request);
        for (Claimed one : claimed) {
            StoredBatch after = one.batch();
            trace.add(process, "claim ", after.id(), " epoch ", after.state().epoch());
            checkers.claimed(process, after);
        }
        return claimed;
    }

    @Override
    public Renewal renew(RenewRequest request) {
        List<Optional<StoredBatch>> before = new ArrayList<>();
        request.releases().forEach(hold -> before.add(checkers.find(real, hold.batchId())));
        Renewal renewal = real.renew(request);
        for (int i = 0; i < request.releases().size(); i++) {
            String id = request.releases().get(i).batchId();
            trace.add(process, "give back ", id);
            checkers.touched(before.get(i), checkers.find(real, id));
        }
        return renewal;
    }

    @Override
    public CancelReply requestCancel(BatchKey key) {
        Optional<StoredBatch> before = real.find(key);
        CancelReply reply = real.requestCancel(key);
        trace.add(process, "cancel: ", reply.kind());
        checkers.touched(before, real.find(key));
        return reply;
    }

    @Override
    public DeleteReply delete(DeleteRequest request, int slice) {
        DeleteReply reply = real.delete(request, slice);
        trace.add(process, "delete: ", reply);
        checkers.deleted(real);
        return reply;
    }

    @Override
    protected BatchStore delegate() {
        return real;
    }
}
