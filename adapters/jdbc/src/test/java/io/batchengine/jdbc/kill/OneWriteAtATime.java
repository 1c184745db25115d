package io.batchengine.jdbc.kill;

import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.CancelReply;
import io.batchengine.spi.store.ClaimRequest;
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.CreateResult;
import io.batchengine.spi.store.ForwardingBatchStore;
import io.batchengine.spi.store.RenewRequest;
import io.batchengine.spi.store.Renewal;
import io.batchengine.spi.store.Verdict;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A store that says of each write that it was answered before the next one begins, so that a trace of system calls shows what was synced
 * by then. What has written nothing is not said.
 */
final class OneWriteAtATime extends ForwardingBatchStore {
    private final BatchStore store;
    private final Pipe pipe;

    OneWriteAtATime(BatchStore store, Pipe pipe) {
        this.store = store;
        this.pipe = pipe;
    }

    private synchronized <T> T write(String name, Supplier<T> call, Predicate<T> wrote) {
        T answer = call.get();
        if (wrote.test(answer)) {
            pipe.say(new LedgerLine.Answered(name));
        }
        return answer;
    }

    @Override
    public CreateResult create(BatchRecord batch) {
        return write("create", () -> store.create(batch), CreateResult.Created.class::isInstance);
    }

    @Override
    public List<Verdict> commit(List<BatchCommit> commits) {
        return write(
                "commit",
                () -> store.commit(commits),
                verdicts -> verdicts.stream().anyMatch(one -> one.kind() == Verdict.Kind.APPLIED));
    }

    @Override
    public List<Claimed> claim(ClaimRequest request) {
        return write("claim", () -> store.claim(request), claimed -> !claimed.isEmpty());
    }

    @Override
    public Renewal renew(RenewRequest request) {
        return write(
                "renew",
                () -> store.renew(request),
                renewal -> !request.releases().isEmpty());
    }

    @Override
    public CancelReply requestCancel(BatchKey key) {
        return write("cancel", () -> store.requestCancel(key), reply -> reply.kind() == CancelReply.Kind.REQUESTED);
    }

    @Override
    protected BatchStore delegate() {
        return store;
    }
}
