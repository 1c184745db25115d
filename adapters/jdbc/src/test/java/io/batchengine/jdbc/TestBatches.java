package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.BatchConfig;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.ClaimRequest;
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.CreateResult;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.spi.store.ListedPage;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Short words for what tests say to a store. */
record TestBatches(BatchStore store) {
    static final JobType TYPE = JobType.of("test_v1");
    static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    static final Duration LEASE = Duration.ofSeconds(30);
    static final String PROJECT = "prj-a";

    static BatchRecord batch(String id) {
        return batch(id, null, "print", null);
    }

    static BatchRecord batch(String id, @Nullable String key, String fingerprint, @Nullable String retryOf) {
        return batch(id, PROJECT, "dir-inbox", TYPE, NOON, key, fingerprint, retryOf);
    }

    static BatchRecord batch(String id, String project, String directory, JobType type, Instant created) {
        return batch(id, project, directory, type, created, null, "print", null);
    }

    private static BatchRecord batch(
            String id,
            String project,
            String directory,
            JobType type,
            Instant created,
            @Nullable String key,
            String fingerprint,
            @Nullable String retryOf) {
        return BatchRecord.builder()
                .id(id)
                .scope(Scope.ofProject(project))
                .sourceDirectoryId(directory)
                .config(BatchConfig.of(type, "cfg-a"))
                .jobIdPrefix("tst-")
                .idempotencyKey(key)
                .fingerprint(fingerprint)
                .retryOf(retryOf)
                .createdAt(created)
                .build();
    }

    static BatchKey byId(String id) {
        return new BatchKey.ById(PROJECT, id);
    }

    StoredBatch create(BatchRecord batch) {
        CreateResult creating = store.create(batch);
        assertThat(creating).isInstanceOf(CreateResult.Created.class);
        return ((CreateResult.Created) creating).batch();
    }

    StoredBatch create(String id) {
        return create(batch(id));
    }

    StoredBatch find(String id) {
        return store.find(byId(id)).orElseThrow();
    }

    List<StoredBatch> claim(String owner) {
        return store
                .claim(ClaimRequest.builder()
                        .owner(owner)
                        .claimToken(newToken())
                        .lease(LEASE)
                        .types(Set.of(TYPE))
                        .limit(9)
                        .at(NOON)
                        .build())
                .stream()
                .map(Claimed::batch)
                .toList();
    }

    static long newToken() {
        return ThreadLocalRandom.current().nextLong();
    }

    /** A batch that its owner has made RUNNING. */
    StoredBatch running(String id) {
        create(id);
        claim("one");
        assertThat(commit(find(id), BatchStatus.RUNNING)).isEqualTo(Verdict.Kind.APPLIED);
        return find(id);
    }

    Verdict.Kind commit(StoredBatch seen, BatchStatus status) {
        return commit(commitOf(seen, status, List.of(), List.of(), List.of()));
    }

    Verdict.Kind commit(BatchCommit commit) {
        return store.commit(List.of(commit)).get(0).kind();
    }

    List<FileRecord> files(String id) {
        return store.files(FileQuery.InBatch.of(id, 0, Long.MAX_VALUE, Set.of(), 10_000));
    }

    static SettledFile settled(long ordinal, FileOutcome outcome, @Nullable String jobId) {
        return SettledFile.builder()
                .ordinal(ordinal)
                .outcome(outcome)
                .attempts(1)
                .finishedAt(NOON)
                .durationMillis(5)
                .jobId(jobId)
                .build();
    }

    static SettledFile succeeded(long ordinal) {
        return settled(ordinal, FileOutcome.SUCCEEDED, null);
    }

    static BatchCommit commitOf(
            StoredBatch seen,
            BatchStatus status,
            List<ListedPage> pages,
            List<SettledFile> settled,
            List<DelayedFile> delayed) {
        return BatchCommit.builder()
                .claim(seen.claim())
                .expectedVersion(seen.state().version())
                .at(NOON)
                .status(status)
                .pages(pages)
                .settled(settled)
                .delayed(delayed)
                .build();
    }
}
