package io.batchengine.bundled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.BatchConfig;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.Ids;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.ClaimRequest;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.spi.store.ListedPage;
import io.batchengine.spi.store.RenewRequest;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is this store's own; that it is a store is proved by the published contract, in the test kit. */
class InMemoryBatchStoreTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private final InMemoryBatchStore store = new InMemoryBatchStore();
    private final StoredBatch batch = claimed();

    @Test
    void without_a_ticker_leases_are_measured_by_the_machines_own() {
        assertThat(store.claim(claim("another", Duration.ofHours(1)))).isEmpty();
        store.renew(RenewRequest.of("engine", Duration.ZERO, List.of()));
        long zero = System.nanoTime();
        while (System.nanoTime() - zero <= 0) {
            Thread.onSpinWait();
        }
        assertThat(store.claim(claim("another", Duration.ofHours(1)))).hasSize(1);
    }

    @Test
    void a_commit_that_does_not_fit_is_refused_with_the_ordinal_and_the_batch() {
        assertThatThrownBy(() -> write(List.of(page(3, "x")), List.of(), List.of()))
                .hasMessage("page at ordinal 3 of batch %s where 0 is next", batch.id());
        assertThatThrownBy(() -> write(List.of(page(0, "a", "b")), List.of(settled(7, null, null)), List.of()))
                .hasMessage("file 7 of batch %s is of no recorded page", batch.id());
        assertThatThrownBy(() -> write(List.of(page(0, "a")), List.of(), List.of(DelayedFile.waiting(1, 1, true, T0))))
                .hasMessage("file 1 of batch %s is of no recorded page", batch.id());
        assertThat(files(0)).isEmpty();
    }

    @Test
    void what_few_files_have_is_kept_beside_what_all_have() {
        List<SettledFile> settled = List.of(
                settled(0, null, null), settled(1, "own-1", null), settled(2, null, "why"), settled(3, "own-3", "why"));
        write(List.of(page(0, "a", "b"), page(2, "c"), page(3, "d", "e")), settled, List.of());
        assertThat(files(0))
                .extracting(FileRecord::settled)
                .containsExactly(settled.get(0), settled.get(1), settled.get(2), settled.get(3), null);
        assertThat(files(2)).extracting(FileRecord::fileId).containsExactly("c", "d", "e");
        assertThat(files(4)).extracting(FileRecord::fileId).containsExactly("e");
    }

    private StoredBatch claimed() {
        BatchRecord created = BatchRecord.builder()
                .id(Ids.newBatchId(T0.toEpochMilli(), new Random(1)))
                .scope(Scope.ofProject("prj-a"))
                .sourceDirectoryId("dir-a")
                .config(BatchConfig.of(JobType.PARSE_V2, "cfg-a"))
                .jobIdPrefix("pjb-")
                .fingerprint("fingerprint")
                .createdAt(T0)
                .build();
        store.create(created);
        store.claim(claim("engine", Duration.ofHours(1)));
        return store.find(new BatchKey.ById("prj-a", created.id())).orElseThrow();
    }

    private static ClaimRequest claim(String owner, Duration lease) {
        return ClaimRequest.builder()
                .owner(owner)
                .claimToken(7)
                .lease(lease)
                .types(Set.of(JobType.PARSE_V2))
                .limit(9)
                .at(T0)
                .build();
    }

    private void write(List<ListedPage> pages, List<SettledFile> settled, List<DelayedFile> delayed) {
        BatchCommit commit = BatchCommit.builder()
                .claim(batch.claim())
                .expectedVersion(batch.state().version())
                .at(T0)
                .status(BatchStatus.RUNNING)
                .counts(FileCounts.builder().listed(9).build())
                .pages(pages)
                .settled(settled)
                .delayed(delayed)
                .build();
        assertThat(store.commit(List.of(commit))).containsExactly(Verdict.of(Verdict.Kind.APPLIED, false));
    }

    private List<FileRecord> files(long from) {
        return store.files(FileQuery.InBatch.of(batch.id(), from, Long.MAX_VALUE, Set.of(), 100));
    }

    private static ListedPage page(long first, String... fileIds) {
        return new ListedPage(first, List.of(fileIds));
    }

    private static SettledFile settled(long ordinal, @Nullable String jobId, @Nullable String message) {
        int attempts = jobId == null && message == null ? 1 : 2;
        return SettledFile.builder()
                .ordinal(ordinal)
                .outcome(FileOutcome.FAILED)
                .attempts(attempts)
                .finishedAt(T0)
                .durationMillis(5)
                .jobId(jobId)
                .message(message)
                .build();
    }
}
