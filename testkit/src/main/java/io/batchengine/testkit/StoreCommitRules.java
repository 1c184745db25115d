package io.batchengine.testkit;

import static io.batchengine.testkit.StoreUnderTest.OTHER_PROJECT;
import static io.batchengine.testkit.StoreUnderTest.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** S9: a commit is one write of one batch, among others. */
interface StoreCommitRules {
    @Test
    default void s09_01_there_is_a_verdict_for_each_commit_in_their_order(StoreUnderTest store) {
        StoredBatch stale = store.claimed();
        StoredBatch good = store.claimed();
        StoredBatch conflict = store.claimed();
        StoredBatch ended = store.inStatus(BatchStatus.CANCELLED);
        StoredBatch unknown = StoredBatch.created(store.batch().build());
        List<Verdict> verdicts = store.spi.commit(List.of(
                store.write(unknown).build(),
                store.write(stale).epoch(7).build(),
                store.write(good).status(BatchStatus.RUNNING).build(),
                store.write(ended).build(),
                store.write(conflict).version(7).build()));
        assertEquals(
                List.of(
                        Verdict.Kind.GONE,
                        Verdict.Kind.STALE_EPOCH,
                        Verdict.Kind.APPLIED,
                        Verdict.Kind.TERMINAL,
                        Verdict.Kind.VERSION_CONFLICT),
                verdicts.stream().map(Verdict::kind).toList());
    }

    @Test
    default void s09_02_one_stale_batch_among_many_spoils_only_itself(StoreUnderTest store) {
        List<StoredBatch> batches = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            batches.add(store.claimed());
        }
        List<BatchCommit> commits = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            StoredBatch batch = batches.get(i);
            commits.add(store.write(batch)
                    .epoch(i == 7 ? 0 : batch.state().epoch())
                    .status(BatchStatus.RUNNING)
                    .page("a-" + i, "b-" + i)
                    .settle(1, FileOutcome.SUCCEEDED)
                    .build());
        }
        store.spi.commit(commits);
        for (int i = 0; i < 20; i++) {
            StoredBatch batch = batches.get(i);
            assertEquals(i == 7 ? batch : batch.after(commits.get(i)), store.find(batch));
            List<String> files =
                    store.files(batch).stream().map(FileRecord::fileId).toList();
            assertEquals(i == 7 ? List.of() : List.of("a-" + i, "b-" + i), files);
        }
    }

    @Test
    default void s09_03_a_call_without_commits_answers_without_verdicts(StoreUnderTest store) {
        assertEquals(List.of(), store.spi.commit(List.of()));
    }

    @Test
    default void s09_04_one_call_may_write_batches_of_many_projects(StoreUnderTest store) {
        StoredBatch one = store.claimed();
        StoredBatch other = store.claimed(store.batch().project(OTHER_PROJECT));
        store.spi.commit(List.of(
                store.write(one).status(BatchStatus.RUNNING).page("a").build(),
                store.write(other).status(BatchStatus.FAILED).page("b").build()));
        assertEquals(BatchStatus.RUNNING, store.find(one).state().status());
        assertEquals(BatchStatus.FAILED, store.find(other).state().status());
        assertEquals("a", store.file(one, 0).fileId());
        assertEquals("b", store.file(other, 0).fileId());
    }

    @Test
    default void s09_05_a_commit_that_says_nothing_new_moves_the_version_by_one(StoreUnderTest store) {
        StoredBatch batch = store.running("a");
        StoredBatch after = store.write(batch).apply();
        assertEquals(batch.state().version() + 1, after.state().version());
        assertEquals(batch.state().epoch(), after.state().epoch());
        assertEquals(batch.state().owner(), after.state().owner());
    }

    @Test
    default void s09_06_counters_are_kept_as_told(StoreUnderTest store) {
        FileCounts counts = FileCounts.builder()
                .listed(4_294_967_296L)
                .duplicates(5)
                .mappingErrors(4)
                .succeeded(4_294_967_000L)
                .failed(2)
                .cancelled(1)
                .build();
        assertEquals(
                counts,
                store.write(store.running("a")).counts(counts).apply().state().counts());
    }

    @Test
    default void s09_07_how_far_listing_and_settling_are_is_kept_as_told(StoreUnderTest store) {
        StoredBatch batch = store.running("a", "b");
        StoredBatch after =
                store.write(batch).listed(true, "zzz").settledBelow(2).apply();
        assertTrue(after.state().listingEnded(), "listingEnded");
        assertEquals("zzz", after.state().listedTo());
        assertEquals(2, after.state().settledBelow());
    }

    @Test
    default void s09_08_an_empty_directorys_batch_completes_without_a_page(StoreUnderTest store) {
        StoredBatch running = store.moved(store.claimed(), BatchStatus.RUNNING);
        StoredBatch ended = store.write(running)
                .status(BatchStatus.COMPLETED)
                .listed(true, null)
                .apply();
        assertNull(ended.state().listedTo());
        assertEquals(FileCounts.ZERO, ended.state().counts());
        assertEquals(List.of(), store.files(ended));
    }

    @Test
    default void s09_09_a_reason_is_kept_until_a_commit_says_another_or_none(StoreUnderTest store) {
        for (StatusReason.Code code : StatusReason.Code.values()) {
            Instant until =
                    code.name().length() % 2 == 0 ? null : T0.plusSeconds(5).plusNanos(7_000);
            StatusReason reason =
                    StatusReason.of(code, "why: " + code, T0.plusNanos(3_000)).withUntil(until);
            StoredBatch throttled = store.write(store.running("a"))
                    .status(BatchStatus.THROTTLED)
                    .reason(reason)
                    .apply();
            assertEquals(reason, throttled.state().reason());
            assertEquals(throttled, store.find(throttled));
            StoredBatch running = store.write(throttled)
                    .status(BatchStatus.RUNNING)
                    .reason(null)
                    .apply();
            assertNull(running.state().reason());
        }
    }

    @Test
    default void s09_10_crashes_are_counted_as_the_owner_tells(StoreUnderTest store) {
        StoredBatch batch = store.write(store.running("a")).crashes(3).apply();
        assertEquals(3, batch.state().crashes());
        assertEquals(0, store.write(batch).crashes(0).apply().state().crashes());
    }

    @Test
    default void s09_11_a_terminal_batch_has_no_owner_and_keeps_its_epoch(StoreUnderTest store) {
        StoredBatch ended = store.inStatus(BatchStatus.COMPLETED);
        assertNull(ended.state().owner());
        assertEquals(1, ended.state().epoch());
    }

    @Test
    default void s09_12_the_last_files_and_the_end_are_one_write(StoreUnderTest store) {
        StoredBatch ended = store.write(store.running("a", "b"))
                .status(BatchStatus.COMPLETED)
                .settle(0, FileOutcome.SUCCEEDED)
                .settle(1, FileOutcome.FAILED)
                .settledBelow(2)
                .listed(true, "b")
                .apply();
        assertEquals(2, ended.state().counts().settled());
        store.files(ended).forEach(file -> assertNotNull(file.settled(), file::fileId));
    }

    @Test
    default void s09_13_a_commit_that_does_not_fit_leaves_each_batch_of_the_call_whole_or_untouched(
            StoreUnderTest store) {
        StoredBatch before = store.claimed();
        StoredBatch wrong = store.claimed();
        StoredBatch behind = store.claimed();
        List<BatchCommit> commits = List.of(
                store.write(before).status(BatchStatus.RUNNING).page("a").build(),
                store.write(wrong)
                        .status(BatchStatus.RUNNING)
                        .page("a")
                        .settle(5, FileOutcome.SUCCEEDED)
                        .build(),
                store.write(behind).status(BatchStatus.RUNNING).page("a").build());
        assertThrows(RuntimeException.class, () -> store.spi.commit(commits));
        assertEquals(wrong, store.find(wrong));
        assertEquals(List.of(), store.files(wrong));
        for (int i : new int[] {0, 2}) {
            StoredBatch was = i == 0 ? before : behind;
            boolean written = !store.files(was).isEmpty();
            assertEquals(written ? was.after(commits.get(i)) : was, store.find(was));
        }
    }
}
