package io.batchengine.testkit.simulation;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.spi.BatchCommit;
import io.batchengine.spi.BatchKey;
import io.batchengine.spi.BatchPage;
import io.batchengine.spi.BatchQuery;
import io.batchengine.spi.BatchStore;
import io.batchengine.spi.CancelReply;
import io.batchengine.spi.ClaimRequest;
import io.batchengine.spi.Claimed;
import io.batchengine.spi.Creating;
import io.batchengine.spi.DelayedQuery;
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

/** A store that can't keep some content: each call that holds it fails, and nothing of the call is written. */
final class RefusingStore implements BatchStore {
    private final BatchStore real;
    private final Incident.Refusal refusal;
    private final RunContext run;

    RefusingStore(BatchStore real, Incident.Refusal refusal, RunContext run) {
        this.real = real;
        this.refusal = refusal;
        this.run = run;
    }

    @Override
    public Creating create(NewBatch batch) {
        return run.counted(batch, real.create(batch));
    }

    @Override
    public List<Verdict> commit(List<BatchCommit> commits) {
        if (commits.stream().anyMatch(this::isRefused)) {
            run.struck++;
            run.trace.add(run.machine.running(), "meets content that the store refuses");
            throw refusal.typed()
                    ? BatchEngineException.of(ErrorCode.CONTENT_REFUSED, "simulated")
                    : new IllegalStateException("simulated");
        }
        return real.commit(commits);
    }

    private boolean isRefused(BatchCommit commit) {
        long number = refusal.number();
        return switch (refusal.content()) {
            case MESSAGES ->
                commit.settled().stream()
                        .anyMatch(file ->
                                file.message() != null && !file.message().contains("could not keep"));
            case END_OF_FILE -> commit.settled().stream().anyMatch(file -> file.ordinal() == number);
            case FILE_ID ->
                commit.pages().stream()
                        .anyMatch(page -> page.firstOrdinal() <= number
                                && number < page.firstOrdinal() + page.fileIds().size());
            case BATCH -> !run.calm.hasBegun() && run.created.indexOf(commit.batchId()) == refusal.number();
        };
    }

    @Override
    public List<Claimed> claim(ClaimRequest request) {
        return real.claim(request);
    }

    @Override
    public Renewal renew(String owner, Duration lease, List<Hold> releases) {
        return real.renew(owner, lease, releases);
    }

    @Override
    public CancelReply requestCancel(BatchKey key) {
        return real.requestCancel(key);
    }

    @Override
    public DeleteReply delete(DeleteRequest request, int slice) {
        return real.delete(request, slice);
    }

    @Override
    public Optional<StoredBatch> find(BatchKey key) {
        return real.find(key);
    }

    @Override
    public BatchPage list(BatchQuery query) {
        return real.list(query);
    }

    @Override
    public List<FileRecord> files(FileQuery query) {
        return real.files(query);
    }

    @Override
    public List<FileRecord> delayed(DelayedQuery query) {
        return real.delayed(query);
    }

    @Override
    public List<String> notes() {
        return real.notes();
    }

    @Override
    public List<String> warnings() {
        return real.warnings();
    }

    @Override
    public void close() {
        real.close();
    }
}
