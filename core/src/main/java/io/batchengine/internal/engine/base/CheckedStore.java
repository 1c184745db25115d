package io.batchengine.internal.engine.base;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchPage;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.ClaimRequest;
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.DelayedQuery;
import io.batchengine.spi.store.DeleteReply;
import io.batchengine.spi.store.DeleteRequest;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.spi.store.ForwardingBatchStore;
import io.batchengine.spi.store.StoredBatch;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The engine's store, with its answers checked: one that can't be is refused as {@link ErrorCode#STORE_CORRUPT}. Whatever reads page after
 * page goes on by what the last answer told; so an answer that does not ascend, is out of its range or beyond its limit would have it read for
 * ever, or take the files of one batch for those of another. Any thread.
 */
final class CheckedStore extends ForwardingBatchStore {
    private final BatchStore store;
    private final UnansweredCalls calls;

    CheckedStore(BatchStore store, UnansweredCalls calls) {
        this.store = store;
        this.calls = calls;
    }

    @Override
    public Optional<StoredBatch> find(BatchKey key) {
        Optional<StoredBatch> found = super.find(key);
        if (found.isPresent() && !isOf(key, found.get().request())) {
            throw refused(
                    "find",
                    Text.format("%s of another key", Text.quote(found.get().id())));
        }
        return found;
    }

    private static boolean isOf(BatchKey key, BatchRecord found) {
        String project = found.scope().projectId();
        if (key instanceof BatchKey.ById byId) {
            return byId.batchId().equals(found.id()) && byId.projectId().equals(project);
        }
        BatchKey.ByIdempotencyKey byKey = (BatchKey.ByIdempotencyKey) key;
        return byKey.idempotencyKey().equals(found.idempotencyKey())
                && byKey.projectId().equals(project);
    }

    @Override
    public BatchPage list(BatchQuery query) {
        BatchPage page = super.list(query);
        requireWithin("list", page.batches().size(), query.limit());
        BatchQuery.@Nullable Position before = query.after();
        for (StoredBatch batch : page.batches()) {
            BatchQuery.Position next = new BatchQuery.Position(batch.request().createdAt(), batch.id());
            if (before != null && !follows(before, next)) {
                throw refused(
                        "list", Text.format("%s behind %s", Text.quote(next.batchId()), Text.quote(before.batchId())));
            }
            if (!isAskedFor(query, batch)) {
                throw refused(
                        "list", Text.format("%s, which does not meet the filters asked for", Text.quote(batch.id())));
            }
            before = next;
        }
        return page;
    }

    /** A damaged index leads to other rows than it says. */
    private static boolean isAskedFor(BatchQuery query, StoredBatch batch) {
        BatchRecord request = batch.request();
        Instant created = request.createdAt();
        return request.scope().projectId().equals(query.projectId())
                && (query.statuses().isEmpty()
                        || query.statuses().contains(batch.state().status()))
                && (query.sourceDirectoryId() == null
                        || query.sourceDirectoryId().equals(request.sourceDirectoryId()))
                && (query.createdOnOrAfter() == null || !created.isBefore(query.createdOnOrAfter()))
                && (query.createdOnOrBefore() == null || !created.isAfter(query.createdOnOrBefore()));
    }

    /** Newest first, then the higher id first. */
    private static boolean follows(BatchQuery.Position before, BatchQuery.Position next) {
        int order = before.createdAt().compareTo(next.createdAt());
        return order > 0 || (order == 0 && before.batchId().compareTo(next.batchId()) > 0);
    }

    @Override
    public List<Claimed> claim(ClaimRequest request) {
        List<Claimed> claimed = super.claim(request);
        requireWithin("claim", claimed.size(), request.limit());
        Set<String> ids = new HashSet<>();
        for (Claimed one : claimed) {
            StoredBatch batch = one.batch();
            if (!ids.add(batch.id())) {
                throw refused("claim", Text.format("%s twice", Text.quote(batch.id())));
            }
            if (!request.owner().equals(batch.state().owner())
                    || batch.state().status().isTerminal()
                    || !request.wants(batch)) {
                throw refused("claim", Text.format("%s, which was not asked for", Text.quote(batch.id())));
            }
        }
        return claimed;
    }

    @Override
    public List<FileRecord> files(FileQuery query) {
        List<FileRecord> files = super.files(query);
        if (query instanceof FileQuery.InBatch inBatch) {
            requireAscending(inBatch, files);
        } else {
            requireWithin("files", files.size(), 1);
        }
        return files;
    }

    @Override
    public List<FileRecord> delayed(DelayedQuery query) {
        List<FileRecord> files = super.delayed(query);
        requireWithin("delayed", files.size(), query.limit());
        DelayedQuery rest = query;
        for (FileRecord file : files) {
            Instant due = file.delayed() == null ? null : file.delayed().notBefore();
            if (due == null || !rest.includes(file) || !file.batchId().equals(query.batchId())) {
                throw refused(
                        "delayed",
                        Text.format(
                                "file %d of batch %s, which does not follow",
                                file.ordinal(), Text.quote(file.batchId())));
            }
            rest = DelayedQuery.of(query.batchId(), due, file.ordinal() + 1, query.limit());
        }
        return files;
    }

    private static void requireAscending(FileQuery.InBatch query, List<FileRecord> files) {
        requireWithin("files", files.size(), query.limit());
        boolean all = query.outcomes().isEmpty();
        long expected = Math.max(0, query.from());
        for (FileRecord file : files) {
            long ordinal = file.ordinal();
            boolean follows = all ? ordinal == expected : ordinal >= expected;
            if (!follows || ordinal >= query.below() || !file.batchId().equals(query.batchId())) {
                throw refused(
                        "files",
                        Text.format(
                                "file %d of batch %s where %d of %s is next",
                                ordinal, Text.quote(file.batchId()), expected, Text.quote(query.batchId())));
            }
            requireOne(query, file);
            expected = ordinal + 1;
        }
    }

    private static void requireOne(FileQuery.InBatch query, FileRecord file) {
        boolean own = (file.settled() == null || file.settled().ordinal() == file.ordinal())
                && (file.delayed() == null || file.delayed().ordinal() == file.ordinal());
        boolean wanted = query.outcomes().isEmpty()
                || (file.settled() != null
                        && query.outcomes().contains(file.settled().outcome()));
        if (!own || !wanted) {
            throw refused(
                    "files",
                    Text.format(
                            "for file %d of batch %s what is not of it, or was not asked for",
                            file.ordinal(), Text.quote(file.batchId())));
        }
    }

    @Override
    public DeleteReply delete(DeleteRequest request, int slice) {
        DeleteReply reply = super.delete(request, slice);
        long progress = request instanceof DeleteRequest.OneBatch ? reply.files() : reply.files() + reply.batches();
        if (reply.kind() == DeleteReply.Kind.MORE && progress <= 0) {
            throw refused("delete", "that there is more to delete, and has deleted nothing");
        }
        return reply;
    }

    @Override
    protected BatchStore delegate() {
        return store;
    }

    @Override
    protected <T> T call(String name, Supplier<T> call) {
        T answer = calls.during("the store's call " + name, call::get);
        if (answer == null) {
            throw BatchEngineException.of( // which tells nothing of what it has done: as an outage does
                    ErrorCode.STORE_UNAVAILABLE, Text.format("the store's call %s failed: it answered null", name));
        }
        return answer;
    }

    private static void requireWithin(String call, int size, int limit) {
        if (size > limit) {
            throw refused(call, Text.format("%d items where up to %d were asked for", size, limit));
        }
    }

    private static BatchEngineException refused(String call, String what) {
        return BatchEngineException.of(
                ErrorCode.STORE_CORRUPT,
                Text.format(
                        "the store answered the call %s with %s: it is damaged, or breaks its contract", call, what));
    }
}
