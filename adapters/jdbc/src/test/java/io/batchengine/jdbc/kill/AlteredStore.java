package io.batchengine.jdbc.kill;

import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchPage;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.BatchState;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.CancelReply;
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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A store of which a reader sees something else than what is in it. */
record AlteredStore(BatchStore store, Alteration alteration) implements BatchStore {
    /** What a reader sees instead of a batch, null for nothing, of files, and of a list. */
    record Alteration(
            Function<StoredBatch, @Nullable StoredBatch> batch,
            UnaryOperator<List<FileRecord>> files,
            UnaryOperator<List<StoredBatch>> list) {
        static final Alteration NONE = new Alteration(batch -> batch, files -> files, list -> list);

        static Alteration batch(int index, Function<StoredBatch, @Nullable StoredBatch> change) {
            return new Alteration(
                    batch -> PlannedBatch.indexOf(batch.request().sourceDirectoryId()) == index
                            ? change.apply(batch)
                            : batch,
                    files -> files,
                    list -> list);
        }

        /** Another state of batch 0. */
        static Alteration state(Function<BatchState, BatchState.Builder> change) {
            return state(0, change);
        }

        static Alteration state(int index, Function<BatchState, BatchState.Builder> change) {
            return batch(
                    index, batch -> batch.withState(change.apply(batch.state()).build()));
        }

        /** First one alteration, then another. */
        Alteration and(Alteration next) {
            return new Alteration(
                    found -> {
                        StoredBatch first = batch.apply(found);
                        return first == null ? null : next.batch.apply(first);
                    },
                    found -> next.files.apply(files.apply(found)),
                    found -> next.list.apply(list.apply(found)));
        }

        static Alteration files(UnaryOperator<List<FileRecord>> change) {
            return new Alteration(batch -> batch, change, list -> list);
        }

        static Alteration file(Function<FileRecord, @Nullable FileRecord> change) {
            return files(
                    files -> files.stream().map(change).filter(Objects::nonNull).toList());
        }

        static Alteration settled(long ordinal, Function<SettledFile, @Nullable SettledFile> change) {
            return file(file -> file.ordinal() == ordinal && file.settled() != null
                    ? FileRecord.of(
                            file.batchId(), file.ordinal(), file.fileId(), change.apply(file.settled()), file.delayed())
                    : file);
        }

        static Alteration listed(UnaryOperator<List<StoredBatch>> change) {
            return new Alteration(batch -> batch, files -> files, change);
        }
    }

    @Override
    public Optional<StoredBatch> find(BatchKey key) {
        return store.find(key).map(alteration.batch());
    }

    @Override
    public BatchPage list(BatchQuery query) {
        BatchPage page = store.list(query);
        return new BatchPage(alteration.list().apply(page.batches()), page.total());
    }

    @Override
    public List<FileRecord> files(FileQuery query) {
        return alteration.files().apply(store.files(query));
    }

    @Override
    public CreateResult create(BatchRecord batch) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Verdict> commit(List<BatchCommit> commits) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Claimed> claim(ClaimRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Renewal renew(RenewRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CancelReply requestCancel(BatchKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DeleteReply delete(DeleteRequest request, int slice) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> warnings() {
        return store.warnings();
    }

    @Override
    public List<String> notes() {
        return store.notes();
    }

    @Override
    public void close() {}
}
