package io.batchengine.examples.batchdocs;

import io.batchengine.spi.FileRecord;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchPage;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.CancelReply;
import io.batchengine.spi.store.ClaimRef;
import io.batchengine.spi.store.ClaimRequest;
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.CreateResult;
import io.batchengine.spi.store.DeleteReply;
import io.batchengine.spi.store.DeleteRequest;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.spi.store.RenewRequest;
import io.batchengine.spi.store.Renewal;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A store of which an engine takes up one batch alone, as nobody asked for the others: the one that is chosen, or else the one that the
 * engine creates. Batches to be cancelled, which cost nothing, are taken up too.
 */
final class ChosenBatch implements BatchStore {
    private final BatchStore store;
    private final BooleanSupplier interrupted;
    private volatile @Nullable String chosen;
    private volatile boolean held;

    /**
     * A store of which one batch is taken up.
     *
     * @param chosen its id, or null for one that is created
     * @param interrupted whether nothing is to be taken up any more
     */
    ChosenBatch(BatchStore store, @Nullable String chosen, BooleanSupplier interrupted) {
        this.store = store;
        this.chosen = chosen;
        this.interrupted = interrupted;
    }

    /** A store that is only read. */
    static ChosenBatch none(BatchStore store) {
        return new ChosenBatch(store, null, () -> true);
    }

    @Override
    public CreateResult create(BatchRecord batch) {
        chosen = batch.id();
        return store.create(batch);
    }

    @Override
    public List<Claimed> claim(ClaimRequest request) {
        if (chosen == null || held || interrupted.getAsBoolean()) {
            return List.of();
        }
        List<Claimed> wanted = new ArrayList<>();
        List<ClaimRef> others = new ArrayList<>();
        List<Claimed> some;
        do { // The others are kept meanwhile, otherwise they would be given again.
            some = store.claim(request);
            for (Claimed claimed : some) {
                StoredBatch batch = claimed.batch();
                if (isWanted(batch)) {
                    wanted.add(claimed);
                } else {
                    others.add(batch.claim());
                }
            }
        } while (some.size() == request.limit() && !held);
        if (!others.isEmpty()) {
            store.renew(RenewRequest.of(request.owner(), request.lease(), others));
        }
        return wanted;
    }

    @Override
    public Renewal renew(RenewRequest request) {
        Renewal renewal = store.renew(request);
        held = renewal.held().stream().anyMatch(hold -> hold.batchId().equals(chosen));
        return renewal;
    }

    @Override
    public Optional<StoredBatch> find(BatchKey key) {
        return store.find(key);
    }

    @Override
    public BatchPage list(BatchQuery query) {
        return store.list(query);
    }

    @Override
    public List<Verdict> commit(List<BatchCommit> commits) {
        return store.commit(commits);
    }

    @Override
    public CancelReply requestCancel(BatchKey key) {
        return store.requestCancel(key);
    }

    @Override
    public List<FileRecord> files(FileQuery query) {
        return store.files(query);
    }

    @Override
    public DeleteReply delete(DeleteRequest request, int slice) {
        return store.delete(request, slice);
    }

    @Override
    public List<String> warnings() {
        return store.warnings();
    }

    @Override
    public List<String> notes() {
        return store.notes();
    }

    /** Leaves the store itself open. */
    @Override
    public void close() {}

    private boolean isWanted(StoredBatch batch) {
        if (batch.id().equals(chosen)) {
            held = true;
            return true;
        }
        return batch.state().cancelRequested();
    }
}
