package io.batchengine.spi.store;

import io.batchengine.spi.FileRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apiguardian.api.API;

/**
 * Hands each call on to another store. Extend it to count, time, log or alter the calls of a store: override the methods that you want to
 * change, or {@link #call} for all of them. A method that {@link BatchStore} gets in a later version is handed on too.
 *
 * <p>Threading: as {@link BatchStore}. It adds no state of its own.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public abstract class ForwardingBatchStore implements BatchStore {
    /** For subclasses. */
    protected ForwardingBatchStore() {}

    /**
     * The store that does the work.
     *
     * @return the same for each call, unless the subclass says otherwise
     */
    protected abstract BatchStore delegate();

    /**
     * Makes a call. Each method but {@link #warnings} and {@link #notes} goes through it, unless the subclass overrides that method.
     *
     * @param <T> the type of the answer
     * @param method the name of the method, such as {@code commit}
     * @param call calls the {@link #delegate}
     * @return its answer
     */
    protected <T> T call(String method, Supplier<T> call) {
        return call.get();
    }

    @Override
    public CreateResult create(BatchRecord batch) {
        return call("create", () -> delegate().create(batch));
    }

    @Override
    public Optional<StoredBatch> find(BatchKey key) {
        return call("find", () -> delegate().find(key));
    }

    @Override
    public BatchPage list(BatchQuery query) {
        return call("list", () -> delegate().list(query));
    }

    @Override
    public List<Verdict> commit(List<BatchCommit> commits) {
        return call("commit", () -> delegate().commit(commits));
    }

    @Override
    public List<Claimed> claim(ClaimRequest request) {
        return call("claim", () -> delegate().claim(request));
    }

    @Override
    public Renewal renew(RenewRequest request) {
        return call("renew", () -> delegate().renew(request));
    }

    @Override
    public CancelReply requestCancel(BatchKey key) {
        return call("requestCancel", () -> delegate().requestCancel(key));
    }

    @Override
    public List<FileRecord> files(FileQuery query) {
        return call("files", () -> delegate().files(query));
    }

    @Override
    public List<FileRecord> delayed(DelayedQuery query) {
        return call("delayed", () -> delegate().delayed(query));
    }

    @Override
    public DeleteReply delete(DeleteRequest request, int slice) {
        return call("delete", () -> delegate().delete(request, slice));
    }

    @Override
    public List<String> warnings() {
        return delegate().warnings();
    }

    @Override
    public List<String> notes() {
        return delegate().notes();
    }

    @Override
    public void close() {
        call("close", () -> {
            delegate().close();
            return true;
        });
    }
}
