package io.batchengine.bundled;

import com.google.errorprone.annotations.concurrent.GuardedBy;
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
import io.batchengine.spi.store.RenewRequest;
import io.batchengine.spi.store.Renewal;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the state of batches in memory: gone with the process. Several engines of one process may share an instance.
 *
 * <p>Holds every file's id and some 16 bytes beside it. One lock guards all; no call blocks except for it.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class InMemoryBatchStore implements BatchStore {
    private record JobKey(String projectId, String jobId) {}

    private record FilePlace(String batchId, long ordinal) {}

    private static final Comparator<BatchQuery.Position> NEWEST_FIRST = Comparator.comparing(
                    BatchQuery.Position::createdAt)
            .thenComparing(BatchQuery.Position::batchId)
            .reversed();

    private final LongSupplier ticker;

    @GuardedBy("this")
    private final Map<String, MemoryBatch> batches = new HashMap<>();

    @GuardedBy("this")
    private final Map<String, TreeMap<BatchQuery.Position, MemoryBatch>> byProject = new HashMap<>();

    @GuardedBy("this")
    private final Map<BatchKey, MemoryBatch> byKey = new HashMap<>();

    @GuardedBy("this")
    private final Map<JobKey, FilePlace> ownJobIds = new HashMap<>();

    @GuardedBy("this")
    private final Map<String, Integer> retries = new HashMap<>(); // that have not ended, by the id of their origin

    @GuardedBy("this")
    private final ClaimableBatches claimable = new ClaimableBatches();

    @GuardedBy("this")
    private final Map<String, Owner> owners = new HashMap<>();

    private static final class Owner {
        long leaseUntilNanos;
        boolean lapsed;
        final Map<String, MemoryBatch> held = new LinkedHashMap<>();
    }

    /** An empty store whose leases are measured by {@link System#nanoTime}. */
    public InMemoryBatchStore() {
        this(System::nanoTime);
    }

    /**
     * An empty store.
     *
     * @param ticker measures leases, in nanoseconds; never goes back
     */
    public InMemoryBatchStore(LongSupplier ticker) {
        this.ticker = ticker;
    }

    @Override
    public synchronized CreateResult create(BatchRecord batch) {
        String key = batch.idempotencyKey();
        String project = batch.scope().projectId();
        MemoryBatch known = key == null ? null : byKey.get(new BatchKey.ByIdempotencyKey(project, key));
        if (known == null) {
            known = batches.get(batch.id());
        }
        if (known != null) {
            return known.stored.request().fingerprint().equals(batch.fingerprint())
                    ? new CreateResult.Existing(known.stored)
                    : new CreateResult.Conflict(known.stored);
        }
        if (batch.retryOf() != null && get(new BatchKey.ById(project, batch.retryOf())) == null) {
            return new CreateResult.OriginMissing();
        }
        MemoryBatch created = new MemoryBatch(StoredBatch.created(batch));
        batches.put(batch.id(), created);
        byProject.computeIfAbsent(project, id -> new TreeMap<>(NEWEST_FIRST)).put(position(batch), created);
        if (key != null) {
            byKey.put(new BatchKey.ByIdempotencyKey(project, key), created);
        }
        if (batch.retryOf() != null) {
            retries.merge(batch.retryOf(), 1, Integer::sum);
        }
        claimable.add(created);
        return new CreateResult.Created(created.stored);
    }

    @Override
    public synchronized Optional<StoredBatch> find(BatchKey key) {
        return Optional.ofNullable(get(key)).map(found -> found.stored);
    }

    @Override
    public synchronized BatchPage list(BatchQuery query) {
        TreeMap<BatchQuery.Position, MemoryBatch> all =
                byProject.getOrDefault(query.projectId(), new TreeMap<>(NEWEST_FIRST));
        var rest = query.after() == null ? all : all.tailMap(query.after(), false);
        List<StoredBatch> page = rest.values().stream()
                .map(batch -> batch.stored)
                .filter(batch -> meets(query, batch))
                .limit(query.limit())
                .toList();
        OptionalLong total = query.withTotal()
                ? OptionalLong.of(all.values().stream()
                        .filter(batch -> meets(query, batch.stored))
                        .count())
                : OptionalLong.empty();
        return new BatchPage(page, total);
    }

    @Override
    public synchronized List<Verdict> commit(List<BatchCommit> commits) {
        List<Verdict> verdicts = new ArrayList<>(commits.size());
        for (BatchCommit commit : commits) {
            MemoryBatch batch = batches.get(commit.batchId());
            Verdict verdict = commit.judge(batch == null ? null : batch.stored);
            if (batch != null && verdict.kind() == Verdict.Kind.APPLIED) {
                apply(batch, commit);
            }
            verdicts.add(verdict);
        }
        return verdicts;
    }

    @Override
    public synchronized List<Claimed> claim(ClaimRequest request) {
        long now = ticker.getAsLong();
        findLapsed(now);
        List<MemoryBatch> chosen = claimable.choose(request);
        if (chosen.isEmpty()) {
            return List.of(); // a lease is prolonged by a renewal, or for what is given
        }
        Owner owner = owner(request.owner(), request.lease(), now);
        List<Claimed> claimed = new ArrayList<>(chosen.size());
        for (MemoryBatch batch : chosen) {
            Owner before = owners.get(batch.stored.state().owner());
            if (before != null) {
                before.held.remove(batch.stored.id());
            }
            boolean ownerLost = batch.stored.ownerLost();
            batch.stored = batch.stored.claimedBy(request.owner(), request.claimToken(), request.at());
            claimable.remove(batch);
            owner.held.put(batch.stored.id(), batch);
            claimed.add(Claimed.of(batch.stored, ownerLost));
        }
        return claimed;
    }

    @Override
    public synchronized Renewal renew(RenewRequest request) {
        Owner holder = owner(request.owner(), request.lease(), ticker.getAsLong());
        for (ClaimRef release : request.releases()) {
            MemoryBatch batch = holder.held.get(release.batchId());
            if (batch != null && batch.stored.claim().equals(release)) {
                holder.held.remove(release.batchId());
                batch.stored = batch.stored.released();
                claimable.add(batch);
            }
        }
        Set<ClaimRef> held = new HashSet<>();
        Set<String> cancelRequested = new HashSet<>();
        holder.held.forEach((id, batch) -> {
            held.add(batch.stored.claim());
            if (batch.stored.state().cancelRequested()) {
                cancelRequested.add(id);
            }
        });
        return Renewal.of(held, cancelRequested);
    }

    @Override
    public synchronized CancelReply requestCancel(BatchKey key) {
        MemoryBatch batch = get(key);
        if (batch == null) {
            return CancelReply.of(CancelReply.Kind.NOT_FOUND, null);
        }
        if (batch.stored.state().status().isTerminal()) {
            return CancelReply.of(CancelReply.Kind.ALREADY_TERMINAL, batch.stored);
        }
        batch.stored = batch.stored.withCancelRequested();
        return CancelReply.of(CancelReply.Kind.REQUESTED, batch.stored);
    }

    @Override
    public synchronized List<FileRecord> files(FileQuery query) {
        if (query instanceof FileQuery.InBatch inBatch) {
            MemoryBatch batch = batches.get(inBatch.batchId());
            return batch == null ? List.of() : batch.read(inBatch);
        }
        FileQuery.ByJob byJob = (FileQuery.ByJob) query;
        FilePlace place = ownJobIds.get(new JobKey(byJob.projectId(), byJob.jobId()));
        MemoryBatch batch = place == null ? null : batches.get(place.batchId);
        return batch == null || place == null ? List.of() : List.of(batch.read(place.ordinal));
    }

    @Override
    public synchronized List<FileRecord> delayed(DelayedQuery query) {
        MemoryBatch batch = batches.get(query.batchId());
        return batch == null ? List.of() : batch.read(query);
    }

    @Override
    public synchronized DeleteReply delete(DeleteRequest request, int slice) {
        if (request instanceof DeleteRequest.OneBatch one) {
            MemoryBatch batch = get(new BatchKey.ById(one.projectId(), one.batchId()));
            if (batch == null) {
                return DeleteReply.of(DeleteReply.Kind.NOT_FOUND, 0);
            }
            if (!batch.stored.state().status().isTerminal()) {
                return DeleteReply.of(DeleteReply.Kind.NOT_TERMINAL, 0);
            }
            if (retries.containsKey(one.batchId())) {
                return DeleteReply.of(DeleteReply.Kind.IN_USE, 0);
            }
            remove(batch);
            return DeleteReply.of(DeleteReply.Kind.DELETED, 1);
        }
        DeleteRequest.FinishedBefore old = (DeleteRequest.FinishedBefore) request;
        Set<String> inUse = retries.keySet();
        List<MemoryBatch> found = batches.values().stream()
                .filter(batch -> isOld(old, batch.stored) && !inUse.contains(batch.stored.id()))
                .toList();
        for (MemoryBatch batch : found) {
            remove(batch);
        }
        return DeleteReply.of(DeleteReply.Kind.DELETED, found.size());
    }

    @Override
    public void close() {}

    @GuardedBy("this")
    private @Nullable MemoryBatch get(BatchKey key) {
        if (key instanceof BatchKey.ById byId) {
            MemoryBatch batch = batches.get(byId.batchId());
            boolean own =
                    batch != null && batch.stored.request().scope().projectId().equals(byId.projectId());
            return own ? batch : null;
        }
        return byKey.get(key);
    }

    @GuardedBy("this")
    private void apply(MemoryBatch batch, BatchCommit commit) {
        String owner = batch.stored.state().owner();
        String project = batch.stored.request().scope().projectId();
        Map<JobKey, FilePlace> places = ownJobIds;
        batch.apply(commit)
                .forEach((jobId, ordinal) ->
                        places.put(new JobKey(project, jobId), new FilePlace(commit.batchId(), ordinal)));
        if (batch.stored.state().status().isTerminal()) {
            Owner holder = owner == null ? null : owners.get(owner);
            if (holder != null) {
                holder.held.remove(commit.batchId());
            }
            claimable.remove(batch);
            String retryOf = batch.stored.request().retryOf();
            if (retryOf != null) {
                retries.computeIfPresent(retryOf, (id, count) -> count == 1 ? null : count - 1);
            }
        }
    }

    /** An owner with its lease prolonged. One whose lease had lapsed still holds what nobody has claimed since. */
    @GuardedBy("this")
    private Owner owner(String id, Duration lease, long now) {
        Owner owner = owners.computeIfAbsent(id, key -> new Owner());
        owner.leaseUntilNanos = now + lease.toNanos();
        if (owner.lapsed) {
            owner.lapsed = false;
            owner.held.values().forEach(batch -> claimable.remove(batch));
        }
        return owner;
    }

    @GuardedBy("this")
    private void findLapsed(long now) {
        owners.values().removeIf(owner -> owner.lapsed && owner.held.isEmpty());
        for (Owner owner : owners.values()) {
            if (!owner.lapsed && owner.leaseUntilNanos - now < 0) {
                owner.lapsed = true;
                owner.held.values().forEach(batch -> claimable.add(batch));
            }
        }
    }

    @GuardedBy("this")
    private void remove(MemoryBatch batch) {
        BatchRecord request = batch.stored.request();
        String project = request.scope().projectId();
        batches.remove(request.id());
        TreeMap<BatchQuery.Position, MemoryBatch> ofProject = byProject.get(project);
        if (ofProject != null) {
            ofProject.remove(position(request));
            if (ofProject.isEmpty()) {
                byProject.remove(project);
            }
        }
        if (request.idempotencyKey() != null) {
            byKey.remove(new BatchKey.ByIdempotencyKey(project, request.idempotencyKey()));
        }
        Map<JobKey, FilePlace> places = ownJobIds;
        batch.forEachOwnJobId(
                (jobId, ordinal) -> places.remove(new JobKey(project, jobId), new FilePlace(request.id(), ordinal)));
    }

    private static boolean isOld(DeleteRequest.FinishedBefore old, StoredBatch batch) {
        Instant finished = batch.state().finishedAt();
        boolean inProject = old.projectId() == null
                || old.projectId().equals(batch.request().scope().projectId());
        return inProject && finished != null && finished.isBefore(old.before());
    }

    private static BatchQuery.Position position(BatchRecord batch) {
        return new BatchQuery.Position(batch.createdAt(), batch.id());
    }

    private static boolean meets(BatchQuery query, StoredBatch batch) {
        Instant created = batch.request().createdAt();
        return (query.statuses().isEmpty()
                        || query.statuses().contains(batch.state().status()))
                && (query.sourceDirectoryId() == null
                        || query.sourceDirectoryId().equals(batch.request().sourceDirectoryId()))
                && (query.createdOnOrAfter() == null || !created.isBefore(query.createdOnOrAfter()))
                && (query.createdOnOrBefore() == null || !created.isAfter(query.createdOnOrBefore()));
    }
}
