package io.batchengine.testkit.simulation;

import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchState;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.ClaimRef;
import io.batchengine.spi.store.ClaimRequest;
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.ForwardingBatchStore;
import io.batchengine.spi.store.RenewRequest;
import io.batchengine.spi.store.Renewal;
import io.batchengine.spi.store.Verdict;
import io.batchengine.testkit.invariant.Checkers;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.util.List;

/** Stands directly behind one engine, before all faults, and tells the checkers what the engine has learnt of cancel requests. */
final class ProbedStore extends ForwardingBatchStore {
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
                BatchState state = one.batch().state();
                if (state.cancelRequested()) {
                    seen(one.batch().id(), state.epoch());
                }
            }
        }
        return claimed;
    }

    @Override
    public Renewal renew(RenewRequest request) {
        Renewal renewal = real.renew(request);
        if (renewal != null) {
            for (ClaimRef claim : renewal.held()) {
                if (renewal.cancelRequested().contains(claim.batchId())) {
                    seen(claim.batchId(), claim.epoch());
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
    protected BatchStore delegate() {
        return real;
    }
}
