package io.batchengine.examples.embedding;

import io.batchengine.BatchEngine;
import io.batchengine.bundled.JobFactories;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.model.Batch;
import io.batchengine.model.JobType;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchPage;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.BatchState;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.BatchStoreProvider;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A batch store of one's own: plain maps under one lock. It keeps every rule of {@link BatchStore}, and so is a place to begin
 * for a store over a database: each method is one transaction there.
 */
public final class CustomStore implements BatchStore {
    private static final Comparator<BatchQuery.Position> OLDEST_FIRST =
            Comparator.comparing(BatchQuery.Position::createdAt).thenComparing(BatchQuery.Position::batchId);

    private final LongSupplier ticker;
    private final Map<String, CustomStoreEntry> byId = new HashMap<>();
    private final Map<BatchKey, CustomStoreEntry> byKey = new HashMap<>();
    private final NavigableMap<BatchQuery.Position, CustomStoreEntry> all = new TreeMap<>(OLDEST_FIRST.reversed());
    private final NavigableMap<BatchQuery.Position, CustomStoreEntry> open =
            new TreeMap<>(OLDEST_FIRST); // not terminal
    private final Map<String, Long> leases = new HashMap<>(); // owner to nanoseconds; none: lapsed

    /** Lets engines find the store by the name {@code maps}; it has no properties. Named in {@code META-INF/services}. */
    public static final class Provider implements BatchStoreProvider {
        /** For {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public String name() {
            return "maps";
        }

        @Override
        public BatchStore create(Map<String, String> properties) {
            if (!properties.isEmpty()) {
                throw new IllegalArgumentException(
                        "store \"maps\" has no properties; given are " + properties.keySet());
            }
            return new CustomStore(System::nanoTime);
        }
    }

    /**
     * An empty store.
     *
     * @param ticker measures leases, in nanoseconds; never goes back
     */
    public CustomStore(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /**
     * Runs a batch with its state in this store.
     *
     * @param args the directory
     */
    public static void main(String[] args) {
        // README:begin store
        try (BatchEngine engine = BatchEngine.builder()
                .sourceDirectory(NioSourceDirectory.of(Map.of("dir-inbox", Path.of(args[0]))))
                .jobFactory(JobFactories.blocking("noop_v1", "nop-", job -> Outcome.succeeded()))
                .store("maps", Map.of()) // the name from its BatchStoreProvider, and the store's properties
                .build()) {
            // README:end store
            Batch batch = engine.batches().create("dir-inbox", JobType.of("noop_v1"), "cfg-default");
            Batch ended = engine.batches().await(batch.id(), Duration.ofMinutes(1));
            long results = engine.batches().results(ended.id()).count();
            System.out.println(ended.id() + " is " + ended.status() + " with " + results + " results in \"maps\"");
        }
    }

    @Override
    public synchronized CreateResult create(BatchRecord batch) {
        CustomStoreEntry keyed = byKey.get(key(batch));
        CustomStoreEntry known = keyed == null ? byId.get(batch.id()) : keyed;
        if (known != null) {
            boolean same = known.batch.request().fingerprint().equals(batch.fingerprint());
            return same ? new CreateResult.Existing(known.batch) : new CreateResult.Conflict(known.batch);
        }
        String retried = batch.retryOf();
        if (retried != null && entry(new BatchKey.ById(batch.scope().projectId(), retried)) == null) {
            return new CreateResult.OriginMissing();
        }
        CustomStoreEntry entry = new CustomStoreEntry(StoredBatch.created(batch));
        byId.put(batch.id(), entry);
        byKey.put(key(batch), entry);
        all.put(entry.position(), entry);
        open.put(entry.position(), entry);
        return new CreateResult.Created(entry.batch);
    }

    @Override
    public synchronized Optional<StoredBatch> find(BatchKey key) {
        return Optional.ofNullable(entry(key)).map(entry -> entry.batch);
    }

    @Override
    public synchronized BatchPage list(BatchQuery query) {
        var rest = query.after() == null ? all : all.tailMap(query.after(), false);
        List<StoredBatch> page = matching(query, rest).limit(query.limit()).toList();
        return new BatchPage(
                page, query.withTotal() ? OptionalLong.of(matching(query, all).count()) : OptionalLong.empty());
    }

    /** All of a commit is checked before any of it is written: so it is written as a whole or not at all. */
    @Override
    public synchronized List<Verdict> commit(List<BatchCommit> commits) {
        List<Verdict> verdicts = new ArrayList<>(commits.size());
        for (BatchCommit commit : commits) {
            CustomStoreEntry entry = byId.get(commit.batchId());
            Verdict verdict = commit.judge(entry == null ? null : entry.batch);
            if (entry != null && verdict.kind() == Verdict.Kind.APPLIED) {
                entry.check(commit);
                apply(entry, commit);
            }
            verdicts.add(verdict);
        }
        return verdicts;
    }

    @Override
    public synchronized List<Claimed> claim(ClaimRequest request) {
        long now = ticker.getAsLong();
        leases.values().removeIf(until -> until - now < 0);
        List<CustomStoreEntry> wanted = open.values().stream()
                .filter(entry -> !isHeld(entry) && request.wants(entry.batch))
                .toList();
        Map<String, Deque<CustomStoreEntry>> byProject = wanted.stream()
                .filter(entry -> !entry.isToBeCancelled())
                .sorted(Comparator.comparing(CustomStoreEntry::claimOrder).thenComparing(entry -> entry.batch.id()))
                .collect(Collectors.groupingBy(CustomStoreEntry::projectId, Collectors.toCollection(ArrayDeque::new)));
        List<CustomStoreEntry> chosen = new ArrayList<>();
        Map<String, Integer> perProject = new HashMap<>();
        for (CustomStoreEntry place : wanted) {
            if (chosen.size() == request.limit()) {
                break;
            }
            String project = place.projectId();
            if (place.isToBeCancelled()) {
                chosen.add(place);
            } else if (perProject.merge(project, 1, Integer::sum) <= request.limitOf(project)) {
                chosen.add(byProject
                        .getOrDefault(project, new ArrayDeque<>())
                        .remove()); // its project fills it with its best
            }
        }
        if (chosen.isEmpty()) {
            return List.of();
        }
        leases.put(request.owner(), now + request.lease().toNanos());
        List<Claimed> claimed = new ArrayList<>(chosen.size());
        for (CustomStoreEntry entry : chosen) {
            boolean ownerLost = entry.batch.ownerLost();
            entry.batch = entry.batch.claimedBy(request.owner(), request.claimToken(), request.at());
            claimed.add(Claimed.of(entry.batch, ownerLost));
        }
        return claimed;
    }

    @Override
    public synchronized Renewal renew(RenewRequest request) {
        leases.put(request.owner(), ticker.getAsLong() + request.lease().toNanos());
        Set<ClaimRef> given = Set.copyOf(request.releases());
        Set<ClaimRef> held = new HashSet<>();
        Set<String> cancelRequested = new HashSet<>();
        for (CustomStoreEntry entry : open.values()) {
            BatchState state = entry.batch.state();
            ClaimRef claim = entry.batch.claim();
            if (request.owner().equals(state.owner()) && given.contains(claim)) {
                entry.batch = entry.batch.released();
            } else if (request.owner().equals(state.owner())) {
                held.add(claim);
                if (state.cancelRequested()) {
                    cancelRequested.add(entry.batch.id());
                }
            }
        }
        return Renewal.of(held, cancelRequested);
    }

    @Override
    public synchronized CancelReply requestCancel(BatchKey key) {
        CustomStoreEntry entry = entry(key);
        if (entry == null) {
            return CancelReply.of(CancelReply.Kind.NOT_FOUND, null);
        }
        if (entry.isTerminal()) {
            return CancelReply.of(CancelReply.Kind.ALREADY_TERMINAL, entry.batch);
        }
        entry.batch = entry.batch.withCancelRequested();
        return CancelReply.of(CancelReply.Kind.REQUESTED, entry.batch);
    }

    @Override
    public synchronized List<FileRecord> files(FileQuery query) {
        if (query instanceof FileQuery.InBatch inBatch) {
            CustomStoreEntry entry = byId.get(inBatch.batchId());
            return entry == null ? List.of() : entry.files(inBatch);
        }
        FileQuery.ByJob byJob = (FileQuery.ByJob) query;
        return all.values().stream()
                .filter(entry -> entry.projectId().equals(byJob.projectId()))
                .filter(entry -> entry.ownJobIds.containsKey(byJob.jobId()))
                .limit(1)
                .map(entry -> entry.file(entry.ownJobIds.getOrDefault(byJob.jobId(), 0L)))
                .toList();
    }

    /** To let go of a batch costs the same for any number of files: a slice only bounds how many batches one call takes. */
    @Override
    public synchronized DeleteReply delete(DeleteRequest request, int slice) {
        Set<String> inUse = open.values().stream()
                .map(entry -> entry.batch.request().retryOf())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        if (request instanceof DeleteRequest.OneBatch one) {
            CustomStoreEntry entry = entry(new BatchKey.ById(one.projectId(), one.batchId()));
            if (entry == null) {
                return DeleteReply.of(DeleteReply.Kind.NOT_FOUND, 0);
            }
            if (!entry.isTerminal() || inUse.contains(one.batchId())) {
                return DeleteReply.of(entry.isTerminal() ? DeleteReply.Kind.IN_USE : DeleteReply.Kind.NOT_TERMINAL, 0);
            }
            remove(entry);
            return DeleteReply.of(DeleteReply.Kind.DELETED, 1);
        }
        DeleteRequest.FinishedBefore old = (DeleteRequest.FinishedBefore) request;
        List<CustomStoreEntry> found = all.values().stream()
                .filter(entry -> entry.isFinishedBefore(old) && !inUse.contains(entry.batch.id()))
                .toList();
        long files = 0;
        int deleted = 0;
        while (deleted < found.size() && (deleted == 0 || files < slice)) {
            CustomStoreEntry entry = found.get(deleted++);
            files += Math.max(1, entry.fileIds.size());
            remove(entry);
        }
        return DeleteReply.of(deleted < found.size() ? DeleteReply.Kind.MORE : DeleteReply.Kind.DELETED, deleted);
    }

    /** There is nothing to free: what the store holds goes with it. */
    @Override
    public void close() {}

    private @Nullable CustomStoreEntry entry(BatchKey key) {
        CustomStoreEntry entry = key instanceof BatchKey.ById byBatch ? byId.get(byBatch.batchId()) : byKey.get(key);
        return entry != null && entry.projectId().equals(key.projectId()) ? entry : null;
    }

    /** A batch that its creator gave no key has its id for one, which no other batch has. */
    private static BatchKey key(BatchRecord batch) {
        String project = batch.scope().projectId();
        String key = batch.idempotencyKey();
        return key == null ? new BatchKey.ById(project, batch.id()) : new BatchKey.ByIdempotencyKey(project, key);
    }

    private static Stream<StoredBatch> matching(BatchQuery query, Map<BatchQuery.Position, CustomStoreEntry> entries) {
        Instant from = query.createdOnOrAfter();
        Instant to = query.createdOnOrBefore();
        String directory = query.sourceDirectoryId();
        return entries.values().stream()
                .filter(entry -> entry.projectId().equals(query.projectId()))
                .map(entry -> entry.batch)
                .filter(batch -> query.statuses().isEmpty()
                        || query.statuses().contains(batch.state().status()))
                .filter(batch ->
                        directory == null || directory.equals(batch.request().sourceDirectoryId()))
                .filter(batch -> from == null || !batch.request().createdAt().isBefore(from))
                .filter(batch -> to == null || !batch.request().createdAt().isAfter(to));
    }

    private void apply(CustomStoreEntry entry, BatchCommit commit) {
        entry.apply(commit);
        if (entry.isTerminal()) {
            open.remove(entry.position());
        }
    }

    private boolean isHeld(CustomStoreEntry entry) {
        String owner = entry.batch.state().owner();
        return owner != null && leases.containsKey(owner);
    }

    private void remove(CustomStoreEntry entry) {
        byId.remove(entry.batch.id());
        all.remove(entry.position());
        byKey.remove(key(entry.batch.request()));
    }
}
