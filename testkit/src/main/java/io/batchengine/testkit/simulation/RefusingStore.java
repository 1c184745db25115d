package io.batchengine.testkit.simulation;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.CreateResult;
import io.batchengine.spi.store.ForwardingBatchStore;
import io.batchengine.spi.store.Verdict;
import java.util.List;

/** A store that can't keep some content: each call that holds it fails, and nothing of the call is written. */
final class RefusingStore extends ForwardingBatchStore {
    private final BatchStore real;
    private final Incident.Refusal refusal;
    private final RunContext run;

    RefusingStore(BatchStore real, Incident.Refusal refusal, RunContext run) {
        this.real = real;
        this.refusal = refusal;
        this.run = run;
    }

    @Override
    public CreateResult create(BatchRecord batch) {
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
    protected BatchStore delegate() {
        return real;
    }
}
