package io.batchengine.testkit.simulation;

import io.batchengine.bundled.InMemoryBatchStore;
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
import io.batchengine.spi.store.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** A store that can be set back to an earlier moment: it remembers each call that changes something, and makes the first of them again. */
final class SetBackStore extends ForwardingBatchStore {
    private record Change(long nanos, Consumer<BatchStore> call) {}

    private final LongSupplier ticker;
    private final List<Change> changes = new ArrayList<>();
    private BatchStore real;
    private long then;
    private boolean repeating;

    SetBackStore(LongSupplier ticker) {
        this.ticker = ticker;
        this.real = empty();
    }

    private BatchStore empty() {
        return new InMemoryBatchStore(() -> repeating ? then : ticker.getAsLong());
    }

    /** Forgets the last calls; false where there were none. */
    boolean setBack(int count) {
        if (changes.isEmpty()) {
            return false;
        }
        changes.subList(Math.max(0, changes.size() - count), changes.size()).clear();
        real = empty();
        repeating = true;
        for (Change change : changes) {
            then = change.nanos;
            change.call.accept(real);
        }
        repeating = false;
        return true;
    }

    private <T> T changing(Function<BatchStore, T> call) {
        T answer = call.apply(real);
        changes.add(new Change(ticker.getAsLong(), store -> {
            var unused = call.apply(store); // known from the first time
        }));
        return answer;
    }

    @Override
    public CreateResult create(BatchRecord batch) {
        return changing(store -> store.create(batch));
    }

    @Override
    public List<Verdict> commit(List<BatchCommit> commits) {
        List<BatchCommit> kept = List.copyOf(commits);
        return changing(store -> store.commit(kept));
    }

    @Override
    public List<Claimed> claim(ClaimRequest request) {
        return changing(store -> store.claim(request));
    }

    @Override
    public Renewal renew(RenewRequest request) {
        return changing(store -> store.renew(request));
    }

    @Override
    public CancelReply requestCancel(BatchKey key) {
        return changing(store -> store.requestCancel(key));
    }

    @Override
    public DeleteReply delete(DeleteRequest request, int slice) {
        return changing(store -> store.delete(request, slice));
    }

    @Override
    protected BatchStore delegate() {
        return real;
    }
}
