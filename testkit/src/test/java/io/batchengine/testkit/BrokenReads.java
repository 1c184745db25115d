package io.batchengine.testkit;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchPage;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.BatchState;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.CancelReply;
import io.batchengine.spi.store.ClaimRef;
import io.batchengine.spi.store.DeleteReply;
import io.batchengine.spi.store.DeleteRequest;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.spi.store.RenewRequest;
import io.batchengine.spi.store.Renewal;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stores that tell something else than they should, and one that leaks. */
final class BrokenReads {
    private BrokenReads() {}

    private record Place(String batchId, long ordinal) {}

    static final class LastEndCounts extends SoundStore {
        private final Map<Place, SettledFile> last = new ConcurrentHashMap<>();

        LastEndCounts(BatchStore sound) {
            super(sound);
        }

        @Override
        public List<Verdict> commit(List<BatchCommit> commits) {
            List<Verdict> verdicts = sound.commit(commits);
            for (int i = 0; i < commits.size(); i++) {
                BatchCommit commit = commits.get(i);
                if (verdicts.get(i).kind() == Verdict.Kind.APPLIED) {
                    commit.settled().forEach(file -> last.put(new Place(commit.batchId(), file.ordinal()), file));
                }
            }
            return verdicts;
        }

        @Override
        public List<FileRecord> files(FileQuery query) {
            return sound.files(query).stream()
                    .map(file -> FileRecord.of(
                            file.batchId(),
                            file.ordinal(),
                            file.fileId(),
                            file.settled() == null ? null : last.get(new Place(file.batchId(), file.ordinal())),
                            file.delayed()))
                    .toList();
        }
    }

    static final class PagesByOffset extends SoundStore {
        private final Map<BatchQuery.Position, Integer> offsets = new ConcurrentHashMap<>();

        PagesByOffset(BatchStore sound) {
            super(sound);
        }

        @Override
        public BatchPage list(BatchQuery query) {
            int offset = query.after() == null ? 0 : offsets.getOrDefault(query.after(), 0);
            BatchPage all = sound.list(from(query, null, Integer.MAX_VALUE));
            List<StoredBatch> page =
                    all.batches().stream().skip(offset).limit(query.limit()).toList();
            for (int i = 0; i < all.batches().size(); i++) {
                StoredBatch batch = all.batches().get(i);
                offsets.putIfAbsent(new BatchQuery.Position(batch.request().createdAt(), batch.id()), i + 1);
            }
            return new BatchPage(page, all.total());
        }
    }

    static final class OrderedById extends SoundStore {
        OrderedById(BatchStore sound) {
            super(sound);
        }

        @Override
        public BatchPage list(BatchQuery query) {
            BatchPage all = sound.list(from(query, null, Integer.MAX_VALUE));
            BatchQuery.Position after = query.after();
            Stream<StoredBatch> sorted = all.batches().stream()
                    .sorted(Comparator.comparing(StoredBatch::id).reversed())
                    .filter(batch -> after == null || batch.id().compareTo(after.batchId()) < 0);
            return new BatchPage(sorted.limit(query.limit()).toList(), all.total());
        }
    }

    private static BatchQuery from(BatchQuery query, BatchQuery.@Nullable Position after, int limit) {
        return query.toBuilder().after(after).limit(limit).build();
    }

    static final class ProjectLeak extends SoundStore {
        ProjectLeak(BatchStore sound) {
            super(sound);
        }

        private BatchKey anyProject(BatchKey key) {
            return key instanceof BatchKey.ById byId
                    ? anywhere(byId.batchId()).map(StoreUnderTest::key).orElse(key)
                    : key;
        }

        @Override
        public Optional<StoredBatch> find(BatchKey key) {
            return sound.find(anyProject(key));
        }

        @Override
        public CancelReply requestCancel(BatchKey key) {
            return sound.requestCancel(anyProject(key));
        }

        @Override
        public DeleteReply delete(DeleteRequest request, int slice) {
            if (request instanceof DeleteRequest.OneBatch one) {
                String project =
                        anywhere(one.batchId()).map(StoreUnderTest::project).orElse(one.projectId());
                return sound.delete(new DeleteRequest.OneBatch(project, one.batchId()), slice);
            }
            return sound.delete(request, slice);
        }
    }

    static final class ClockBackwards extends SoundStore {
        private final Map<String, Instant> writtenAt = new ConcurrentHashMap<>();

        ClockBackwards(BatchStore sound) {
            super(sound);
        }

        @Override
        public List<Verdict> commit(List<BatchCommit> commits) {
            List<Verdict> verdicts = sound.commit(commits);
            for (int i = 0; i < commits.size(); i++) {
                if (verdicts.get(i).kind() == Verdict.Kind.APPLIED) {
                    writtenAt.put(commits.get(i).batchId(), commits.get(i).at());
                }
            }
            return verdicts;
        }

        @Override
        public Optional<StoredBatch> find(BatchKey key) {
            return sound.find(key).map(this::asWritten);
        }

        private StoredBatch asWritten(StoredBatch batch) {
            BatchState s = batch.state();
            Instant at = writtenAt.getOrDefault(batch.id(), s.updatedAt());
            return StoredBatch.of(
                    batch.request(),
                    s.toBuilder()
                            .updatedAt(at)
                            .finishedAt(
                                    s.status() == BatchStatus.PENDING || s.finishedAt() == null ? s.finishedAt() : at)
                            .build());
        }
    }

    static final class ReleaseNotFenced extends SoundStore {
        ReleaseNotFenced(BatchStore sound) {
            super(sound);
        }

        @Override
        public Renewal renew(RenewRequest request) {
            List<ClaimRef> present = request.releases().stream()
                    .map(hold ->
                            anywhere(hold.batchId()).map(StoredBatch::claim).orElse(hold))
                    .distinct()
                    .toList();
            return sound.renew(RenewRequest.of(request.owner(), request.lease(), present));
        }
    }

    static final class CloseLeaks extends SoundStore {
        CloseLeaks(BatchStore sound) {
            super(sound);
            CountDownLatch never = new CountDownLatch(1);
            Thread thread = new Thread(
                    () -> {
                        try {
                            never.await();
                        } catch (InterruptedException end) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "leaked");
            thread.setDaemon(true);
            thread.start();
        }
    }
}
