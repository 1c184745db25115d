package io.batchengine.support;

import io.batchengine.spi.BatchCommit;
import io.batchengine.spi.BatchKey;
import io.batchengine.spi.BatchPage;
import io.batchengine.spi.BatchQuery;
import io.batchengine.spi.BatchStore;
import io.batchengine.spi.CancelReply;
import io.batchengine.spi.ClaimRequest;
import io.batchengine.spi.Claimed;
import io.batchengine.spi.Creating;
import io.batchengine.spi.DeleteReply;
import io.batchengine.spi.DeleteRequest;
import io.batchengine.spi.FileQuery;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.Hold;
import io.batchengine.spi.NewBatch;
import io.batchengine.spi.Renewal;
import io.batchengine.spi.StoredBatch;
import io.batchengine.spi.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A store whose calls fail as a test decides: before they have done anything, or after they have done it all. */
public final class FaultyStore implements BatchStore {
    /** When a call fails. */
    public enum Fault {
        NONE,
        BEFORE,
        AFTER
    }

    /** Decides by the name of the call. */
    @FunctionalInterface
    public interface Faults {
        /** The fault of this call. */
        Fault of(String call);
    }

    private final BatchStore real;
    private final Faults faults;

    /** A store over another. */
    public FaultyStore(BatchStore real, Faults faults) {
        this.real = real;
        this.faults = faults;
    }

    @Override
    public Creating create(NewBatch batch) {
        return call("create", () -> real.create(batch));
    }

    @Override
    public Optional<StoredBatch> find(BatchKey key) {
        return call("find", () -> real.find(key));
    }

    @Override
    public BatchPage list(BatchQuery query) {
        return call("list", () -> real.list(query));
    }

    @Override
    public List<Verdict> commit(List<BatchCommit> commits) {
        return call("commit", () -> real.commit(commits));
    }

    @Override
    public List<Claimed> claim(ClaimRequest request) {
        return call("claim", () -> real.claim(request));
    }

    @Override
    public Renewal renew(String owner, Duration lease, List<Hold> releases) {
        return call("renew", () -> real.renew(owner, lease, releases));
    }

    @Override
    public CancelReply requestCancel(BatchKey key) {
        return call("requestCancel", () -> real.requestCancel(key));
    }

    @Override
    public List<FileRecord> files(FileQuery query) {
        return call("files", () -> real.files(query));
    }

    @Override
    public DeleteReply delete(DeleteRequest request, int slice) {
        return call("delete", () -> real.delete(request, slice));
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

    private <T> T call(String name, Supplier<T> real) {
        Fault fault = faults.of(name);
        if (fault == Fault.BEFORE) {
            throw new IllegalStateException("down before " + name);
        }
        T answer = real.get();
        if (fault == Fault.AFTER) {
            throw new IllegalStateException("down after " + name);
        }
        return answer;
    }
}
