package io.batchengine.benchmarks.hotpath;

import io.batchengine.model.BatchConfig;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.Ids;
import io.batchengine.model.Scope;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.BatchState;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.ClaimRef;
import io.batchengine.spi.store.ClaimRequest;
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.ListedPage;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Batches that are claimed and go on for ever: each commit tells of the next files of all of them, as an engine's does. */
final class CommitFeed {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String OWNER = "engine-1";

    private final BatchStore store;
    private final List<StoredBatch> batches = new ArrayList<>();

    CommitFeed(BatchStore store, int count) {
        this.store = store;
        Random random = new Random(1);
        for (int i = 0; i < count; i++) {
            store.create(newBatch(Ids.newBatchId(NOW.toEpochMilli(), random)));
        }
        var request = ClaimRequest.builder()
                .owner(OWNER)
                .claimToken(1)
                .lease(Duration.ofHours(1))
                .types(Set.of(PathEngine.TYPE))
                .limit(count)
                .at(NOW)
                .build();
        store.claim(request).stream().map(Claimed::batch).forEach(batches::add);
    }

    private static BatchRecord newBatch(String id) {
        return BatchRecord.builder()
                .id(id)
                .scope(Scope.ofProject("prj-default"))
                .sourceDirectoryId("dir-any")
                .config(BatchConfig.of(PathEngine.TYPE, "cfg-any"))
                .jobIdPrefix(PathEngine.PREFIX)
                .fingerprint("")
                .createdAt(NOW)
                .build();
    }

    /** Settles the next files of each batch, and the pages that name them. */
    List<Verdict> commit(int filesEach) {
        List<BatchCommit> commits = new ArrayList<>(batches.size());
        for (StoredBatch batch : batches) {
            commits.add(commit(batch, filesEach));
        }
        List<Verdict> verdicts = store.commit(commits);
        for (int i = 0; i < commits.size(); i++) {
            if (verdicts.get(i).kind() != Verdict.Kind.APPLIED) {
                throw new IllegalStateException("a commit was refused as " + verdicts.get(i));
            }
            batches.set(i, batches.get(i).after(commits.get(i)));
        }
        return verdicts;
    }

    private static BatchCommit commit(StoredBatch batch, int files) {
        BatchState state = batch.state();
        long first = state.counts().listed();
        List<String> ids = new ArrayList<>(files);
        List<SettledFile> settled = new ArrayList<>(files);
        for (long ordinal = first; ordinal < first + files; ordinal++) {
            ids.add("dfl-document-" + (10_000_000 + ordinal) + ".pdf");
            settled.add(SettledFile.builder()
                    .ordinal(ordinal)
                    .outcome(FileOutcome.SUCCEEDED)
                    .attempts(1)
                    .finishedAt(NOW.plusMillis(ordinal))
                    .build());
        }
        return BatchCommit.builder()
                .claim(new ClaimRef(batch.id(), state.epoch(), state.claimToken()))
                .expectedVersion(state.version())
                .at(NOW)
                .status(BatchStatus.RUNNING)
                .counts(state.counts()
                        .plus(FileCounts.builder()
                                .listed(files)
                                .succeeded(files)
                                .build()))
                .listedTo(ids.get(files - 1))
                .settledBelow(first + files)
                .pages(List.of(new ListedPage(first, ids)))
                .settled(settled)
                .build();
    }
}
