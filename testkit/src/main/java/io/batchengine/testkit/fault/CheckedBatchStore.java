package io.batchengine.testkit.fault;

import io.batchengine.model.Ids;
import io.batchengine.model.Text;
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
import io.batchengine.spi.store.DelayedQuery;
import io.batchengine.spi.store.DeleteReply;
import io.batchengine.spi.store.DeleteRequest;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.spi.store.ForwardingBatchStore;
import io.batchengine.spi.store.RenewRequest;
import io.batchengine.spi.store.Renewal;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A store that holds one engine to the contract: its commits come one after the other, each of a batch that it has claimed and not given
 * back, from the version that it was told, along a legal edge, with pages that follow each other, files that are listed and not settled
 * before, and counters equal to the rows; a commit of unknown outcome is read back; nothing is called after close. Each engine of a test
 * needs an instance of its own, around one shared store.
 *
 * <p>Threading: as {@link BatchStore}.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class CheckedBatchStore extends ForwardingBatchStore {
    private final BatchStore real;
    private final Violations violations;
    private final Map<ClaimRef, HeldBatch> claimed = new HashMap<>(); // guarded by this
    private final Set<String> created = new HashSet<>(); // guarded by this
    private final Set<ClaimRef> strays = new HashSet<>(); // guarded by this; of a renewal's answer
    private @Nullable String owner; // guarded by this
    private Set<String> committing = Set.of(); // guarded by this; the batches of the commit under way
    private boolean closed; // guarded by this

    /**
     * A checked store.
     *
     * @param real the real one
     * @param violations where violations are recorded
     */
    public CheckedBatchStore(BatchStore real, Violations violations) {
        this.real = real;
        this.violations = violations;
    }

    @Override
    public CreateResult create(BatchRecord batch) {
        synchronized (this) {
            requireOpen("create");
            if (!Ids.isBatchId(batch.id())) {
                violations.check(Text.format("create: %s is no batch id", Text.quote(batch.id())));
            }
            violations.require(created.add(batch.id()), "create: %s is created again", batch.id());
            violations.require(
                    batch.createdAt().equals(batch.createdAt().truncatedTo(ChronoUnit.MICROS)),
                    "create: %s is not in whole microseconds",
                    batch.createdAt());
        }
        return real.create(batch);
    }

    @Override
    public Optional<StoredBatch> find(BatchKey key) {
        requireOpen("find");
        Map<HeldBatch, Long> unknown = unknown(key); // a read that begins earlier does not tell what became of them
        Optional<StoredBatch> found = real.find(key);
        synchronized (this) {
            unknown.forEach((batch, commit) -> batch.readBack(commit, found.orElse(null)));
        }
        return found;
    }

    /** What the outcome of is unknown, with the number of the commit. */
    private synchronized Map<HeldBatch, Long> unknown(BatchKey key) {
        Map<HeldBatch, Long> asked = new HashMap<>();
        claimed.forEach((claim, batch) -> {
            if (batch.isUnknown() && key.equals(new BatchKey.ById(batch.projectId(), claim.batchId()))) {
                asked.put(batch, batch.commits());
            }
        });
        return asked;
    }

    @Override
    public BatchPage list(BatchQuery query) {
        requireOpen("list");
        violations.require(query.limit() >= 1, "list: limit %d is below 1", query.limit());
        return real.list(query);
    }

    @Override
    public List<Verdict> commit(List<BatchCommit> commits) {
        beginCommit(commits);
        List<Verdict> verdicts = null;
        try {
            verdicts = real.commit(commits);
            return verdicts;
        } finally {
            endCommit(commits, verdicts);
        }
    }

    private synchronized void beginCommit(List<BatchCommit> commits) {
        requireOpen("commit");
        violations.require(committing.isEmpty(), "commit: another commit is under way, of %s", committing);
        violations.require(!commits.isEmpty(), "commit: nothing to commit");
        Set<String> batches = new HashSet<>();
        for (BatchCommit commit : commits) {
            violations.require(batches.add(commit.batchId()), "commit: %s comes twice", commit.batchId());
            HeldBatch batch = claimed.get(commit.claim());
            String fault = batch == null ? "this engine never claimed it" : batch.faultOf(commit);
            violations.require(
                    fault == null, "commit of %s under epoch %d: %s", commit.batchId(), commit.epoch(), fault);
        }
        committing = batches;
    }

    private synchronized void endCommit(List<BatchCommit> commits, @Nullable List<Verdict> verdicts) {
        committing = Set.of();
        for (int i = 0; i < commits.size(); i++) {
            BatchCommit commit = commits.get(i);
            HeldBatch batch = claimed.get(commit.claim());
            Verdict verdict = verdicts == null || verdicts.size() != commits.size() ? null : verdicts.get(i);
            if (batch != null && verdict == null) {
                batch.endedUnknown(commit);
            } else if (batch != null && verdict != null) {
                batch.answered(commit, verdict);
            }
        }
    }

    @Override
    public List<Claimed> claim(ClaimRequest request) {
        requireOwner("claim", request.owner(), request.lease());
        violations.require(
                request.limit() >= 1
                        && request.limitPerProject() >= 0
                        && request.projectLimits().values().stream().allMatch(limit -> limit >= 0),
                "claim: a limit of %d, %d for each project, and %s",
                request.limit(),
                request.limitPerProject(),
                request.projectLimits());
        List<Claimed> answer = real.claim(request);
        synchronized (this) {
            for (Claimed one : answer) {
                StoredBatch batch = one.batch();
                claimed.put(batch.claim(), new HeldBatch(batch));
            }
        }
        return answer;
    }

    @Override
    public Renewal renew(RenewRequest request) {
        requireOwner("renew", request.owner(), request.lease());
        synchronized (this) {
            violations.require(
                    new HashSet<>(request.releases()).size()
                            == request.releases().size(),
                    "renew: %s are released twice",
                    request.releases());
            for (ClaimRef claim : request.releases()) {
                HeldBatch batch = claimed.get(claim);
                violations.require(
                        batch != null || strays.contains(claim), "renew: %s is released and was never held", claim);
                violations.require(
                        !committing.contains(claim.batchId()),
                        "renew: %s is released while a commit is under way",
                        claim);
                if (batch != null) {
                    batch.released();
                }
            }
        }
        Renewal renewal = real.renew(request);
        synchronized (this) {
            strays.addAll(renewal.held());
        }
        return renewal;
    }

    @Override
    public CancelReply requestCancel(BatchKey key) {
        requireOpen("requestCancel");
        return real.requestCancel(key);
    }

    @Override
    public List<FileRecord> files(FileQuery query) {
        requireOpen("files");
        if (query instanceof FileQuery.InBatch range) {
            violations.require(
                    range.limit() >= 1 && range.from() >= 0 && range.from() <= range.below(), "files: %s", range);
        }
        List<FileRecord> files = real.files(query);
        synchronized (this) {
            for (FileRecord file : files) {
                if (file.settled() != null) {
                    claimed.forEach((claim, batch) -> {
                        if (claim.batchId().equals(file.batchId())) {
                            batch.readSettled(file.ordinal());
                        }
                    });
                }
            }
        }
        return files;
    }

    @Override
    public List<FileRecord> delayed(DelayedQuery query) {
        requireOpen("delayed");
        return real.delayed(query);
    }

    @Override
    public DeleteReply delete(DeleteRequest request, int slice) {
        requireOpen("delete");
        violations.require(slice >= 1, "delete: a slice of %d", slice);
        return real.delete(request, slice);
    }

    @Override
    public void close() {
        synchronized (this) {
            violations.require(committing.isEmpty(), "close: a commit is under way, of %s", committing);
            closed = true;
        }
        real.close();
    }

    private synchronized void requireOpen(String call) {
        violations.require(!closed, "%s: the store is closed", call);
    }

    private synchronized void requireOwner(String call, String asked, Duration lease) {
        requireOpen(call);
        violations.require(!lease.isNegative() && !lease.isZero(), "%s: a lease of %s", call, lease);
        if (asked.isEmpty() || (owner != null && !owner.equals(asked))) {
            violations.check(Text.format("%s: %s asks where %s did before", call, Text.quote(asked), owner));
        }
        owner = asked;
    }

    @Override
    protected BatchStore delegate() {
        return real;
    }
}
