package io.batchengine.testkit;

import static io.batchengine.testkit.StoreUnderTest.ENGINE;
import static io.batchengine.testkit.StoreUnderTest.LONG;
import static io.batchengine.testkit.StoreUnderTest.PROJECT;
import static io.batchengine.testkit.StoreUnderTest.T0;
import static io.batchengine.testkit.StoreUnderTest.claimRef;
import static io.batchengine.testkit.StoreUnderTest.settled;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.ClaimRef;
import io.batchengine.spi.store.ListedPage;
import io.batchengine.spi.store.RenewRequest;
import io.batchengine.spi.store.Renewal;
import io.batchengine.spi.store.StoredBatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** S22: arguments and answers belong to the caller. */
interface StoreAnswerRules {
    private static void tryToClear(Collection<?> answer) {
        try {
            answer.clear();
        } catch (UnsupportedOperationException unmodifiable) {
            assertNotNull(unmodifiable); // as good
        }
    }

    @Test
    default void s22_01_a_list_once_answered_does_not_change(StoreUnderTest store) {
        StoredBatch batch = store.running("a");
        List<StoredBatch> answered = store.list().batches();
        List<StoredBatch> before = List.copyOf(answered);
        store.write(batch).status(BatchStatus.FAILED).apply();
        store.created();
        assertEquals(before, answered);
    }

    @Test
    default void s22_02_files_once_answered_do_not_change(StoreUnderTest store) {
        StoredBatch batch = store.running("a", "b");
        List<FileRecord> answered = store.files(batch);
        List<FileRecord> before = List.copyOf(answered);
        store.write(batch)
                .settle(0, FileOutcome.FAILED)
                .delay(DelayedFile.waiting(1, 1, true, T0))
                .page("c")
                .apply();
        assertEquals(before, answered);
    }

    @Test
    default void s22_03_a_renewal_once_answered_does_not_change(StoreUnderTest store) {
        StoredBatch batch = store.claimed();
        Renewal answered = store.renew(ENGINE);
        store.claimed();
        store.cancel(batch);
        assertEquals(Renewal.of(Set.of(claimRef(batch)), Set.of()), answered);
    }

    @Test
    default void s22_04_what_a_caller_does_to_an_answer_does_not_reach_the_store(StoreUnderTest store) {
        StoredBatch batch = store.running("a", "b");
        store.cancel(batch);
        StoredBatch free = store.created();
        List<FileRecord> files = List.copyOf(store.files(batch));
        Renewal renewal = store.renew(ENGINE);
        tryToClear(store.list().batches());
        tryToClear(store.files(batch));
        tryToClear(renewal.held());
        tryToClear(renewal.cancelRequested());
        tryToClear(store.claim("another"));
        assertEquals(2, store.list().batches().size());
        assertEquals(files, store.files(batch));
        assertEquals(Renewal.of(Set.of(claimRef(batch)), Set.of(batch.id())), store.renew(ENGINE));
        assertEquals("another", store.find(free).state().owner());
    }

    @Test
    default void s22_05_what_a_caller_does_to_a_commit_afterwards_does_not_reach_the_store(StoreUnderTest store) {
        StoredBatch batch = store.claimed();
        List<ListedPage> pages = new ArrayList<>(List.of(new ListedPage(0, new ArrayList<>(List.of("a", "b", "c")))));
        List<SettledFile> settled = new ArrayList<>(List.of(settled(1, FileOutcome.FAILED, "own-1")));
        List<DelayedFile> delayed = new ArrayList<>(List.of(DelayedFile.waiting(2, 1, true, T0)));
        BatchCommit commit = commit(store, batch, pages, settled, delayed);
        List<BatchCommit> commits = new ArrayList<>(List.of(commit));
        store.spi.commit(commits);
        List<FileRecord> before = List.copyOf(store.files(batch));
        pages.clear();
        settled.set(0, settled(1, FileOutcome.SUCCEEDED));
        delayed.clear();
        commits.clear();
        assertEquals(3, before.size());
        assertEquals(before, store.files(batch));
    }

    @Test
    default void s22_06_no_argument_is_changed(StoreUnderTest store) {
        StoredBatch batch = store.claimed();
        List<ListedPage> pages =
                new ArrayList<>(List.of(new ListedPage(0, List.of("a", "b")), new ListedPage(2, List.of("c"))));
        List<SettledFile> settled =
                new ArrayList<>(List.of(settled(2, FileOutcome.FAILED), settled(0, FileOutcome.FAILED)));
        List<DelayedFile> delayed =
                new ArrayList<>(List.of(DelayedFile.waiting(1, 1, true, T0), DelayedFile.waiting(0, 1, true, T0)));
        BatchCommit commit = commit(store, batch, pages, settled, delayed);
        List<BatchCommit> commits = new ArrayList<>(List.of(commit));
        store.spi.commit(commits);
        assertEquals(List.of(commit), commits);
        assertEquals(List.of(new ListedPage(0, List.of("a", "b")), new ListedPage(2, List.of("c"))), pages);
        assertEquals(List.of(settled(2, FileOutcome.FAILED), settled(0, FileOutcome.FAILED)), settled);
        assertEquals(List.of(DelayedFile.waiting(1, 1, true, T0), DelayedFile.waiting(0, 1, true, T0)), delayed);
        List<ClaimRef> releases = new ArrayList<>(List.of(claimRef(batch), new ClaimRef(store.newId(), 1, 1)));
        List<ClaimRef> given = List.copyOf(releases);
        store.spi.renew(RenewRequest.of(ENGINE, LONG, releases));
        assertEquals(given, releases);
    }

    private static BatchCommit commit(
            StoreUnderTest store,
            StoredBatch batch,
            List<ListedPage> pages,
            List<SettledFile> settled,
            List<DelayedFile> delayed) {
        return BatchCommit.builder()
                .claim(batch.claim())
                .expectedVersion(batch.state().version())
                .at(store.now())
                .status(BatchStatus.RUNNING)
                .counts(FileCounts.builder().listed(3).failed(settled.size()).build())
                .listedTo("c")
                .pages(pages)
                .settled(settled)
                .delayed(delayed)
                .build();
    }

    @Test
    default void s22_07_unmodifiable_arguments_are_taken(StoreUnderTest store) {
        StoredBatch batch = store.running("a");
        BatchQuery query = BatchQuery.builder()
                .projectId(PROJECT)
                .statuses(Collections.unmodifiableSet(EnumSet.of(BatchStatus.RUNNING)))
                .limit(9)
                .build();
        assertEquals(List.of(batch), store.spi.list(query).batches());
        Set<FileOutcome> outcomes = Collections.unmodifiableSet(EnumSet.of(FileOutcome.FAILED));
        assertEquals(List.of(), store.files(batch, 0, 9, outcomes, 9));
    }
}
