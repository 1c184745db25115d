package io.batchengine.testkit.simulation;

import io.batchengine.spi.FileRecord;
import io.batchengine.spi.store.BatchPage;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.ClaimRequest;
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.CreateResult;
import io.batchengine.spi.store.DelayedQuery;
import io.batchengine.spi.store.DeleteReply;
import io.batchengine.spi.store.DeleteRequest;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.spi.store.ForwardingBatchStore;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.testkit.invariant.Invariant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A store that keeps all, and gives answers by which nobody gets on: rows that it has given before, fewer rows than are counted, deletions
 * that delete nothing. Who asks for the same without end, while simulated time stands, violates {@link Invariant#LIVENESS}.
 */
final class StallingStore extends ForwardingBatchStore {
    private static final int MOST_CALLS_AT_A_TIME = 200;

    private final BatchStore real;
    private final Incident.Stall stall;
    private final RunContext run;
    private final AtomicLong calls;
    private long lastNanos = -1;
    private int callsAtOnce;

    StallingStore(BatchStore real, Incident.Stall stall, AtomicLong calls, RunContext run) {
        this.real = real;
        this.stall = stall;
        this.calls = calls;
        this.run = run;
    }

    @Override
    public CreateResult create(BatchRecord batch) {
        return run.counted(batch, real.create(batch));
    }

    @Override
    public List<FileRecord> files(FileQuery query) {
        List<FileRecord> files = real.files(query);
        if (!(query instanceof FileQuery.InBatch inBatch) || !stall.answer().isOfFiles()) {
            return files;
        }
        List<FileRecord> first = files;
        if (stall.answer() == Answer.SAME_ROWS && files.isEmpty()) { // whoever asks for more gets the first rows again
            first = real.files(
                    FileQuery.InBatch.of(inBatch.batchId(), 0, inBatch.below(), inBatch.outcomes(), inBatch.limit()));
        }
        return strikes(inBatch.batchId(), first) ? stall.answer().of(first, inBatch.limit()) : files;
    }

    @Override
    public List<FileRecord> delayed(DelayedQuery query) {
        List<FileRecord> files = real.delayed(query);
        return stall.answer().isOfDelayed() && strikes(query.batchId(), files)
                ? stall.answer().of(files, query.limit())
                : files;
    }

    private boolean strikes(String batchId, List<FileRecord> files) {
        boolean strikes = !files.isEmpty()
                && run.created.indexOf(batchId) == stall.batch()
                && strikes("asked for files of " + batchId);
        if (strikes) {
            run.stalled.add(batchId);
            run.checkers.stalled(batchId);
        }
        return strikes;
    }

    /** Counted over all engines; the same for each, also after a crash. */
    private boolean strikes(String what) {
        long call = calls.incrementAndGet();
        if (call < stall.first() || call - stall.first() >= stall.times()) {
            return false;
        }
        run.struck++;
        run.trace.add(run.machine.running(), what, ", meets ", stall.answer());
        long now = run.machine.nanos();
        callsAtOnce = now == lastNanos ? callsAtOnce + 1 : 1;
        lastNanos = now;
        if (callsAtOnce > MOST_CALLS_AT_A_TIME) {
            String message = "the store is asked without end though its answers make no progress: " + stall.answer();
            run.findings.violated(Invariant.LIVENESS, message);
            throw new IllegalStateException(message);
        }
        return true;
    }

    @Override
    public List<Claimed> claim(ClaimRequest request) {
        List<Claimed> claimed = real.claim(request);
        boolean twice = stall.answer() == Answer.CLAIMED_TWICE
                && !claimed.isEmpty()
                && !run.calm.hasBegun()
                && strikes("claiming");
        return twice ? Stream.concat(claimed.stream(), claimed.stream()).toList() : claimed;
    }

    @Override
    public BatchPage list(BatchQuery query) {
        BatchPage page = real.list(query);
        if (stall.answer() != Answer.LIST_ASCENDS || page.batches().size() < 2 || !strikes("listing batches")) {
            return page;
        }
        List<StoredBatch> batches = new ArrayList<>(page.batches());
        Collections.reverse(batches);
        return new BatchPage(batches, page.total());
    }

    @Override
    public DeleteReply delete(DeleteRequest request, int slice) {
        return stall.answer() == Answer.DELETES_NOTHING && strikes("deleting")
                ? DeleteReply.of(DeleteReply.Kind.MORE, 0)
                : real.delete(request, slice);
    }

    @Override
    protected BatchStore delegate() {
        return real;
    }
}
