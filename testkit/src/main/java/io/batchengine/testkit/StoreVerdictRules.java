package io.batchengine.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** S8: which commits are applied, and what the others are told. */
interface StoreVerdictRules {
    private static void assertRefused(Verdict.Kind expected, StoreUnderTest store, TestCommit draft, StoredBatch now) {
        List<FileRecord> files = store.files(now);
        assertEquals(
                expected,
                draft.page("new-1", "new-2").settle(0, FileOutcome.FAILED).kind());
        assertEquals(now, store.find(now), "the batch after a refused commit");
        assertEquals(files, store.files(now), "its files after a refused commit");
    }

    @Test
    default void s08_01_each_of_the_36_pairs_of_statuses_is_written_or_refused_as_published(StoreUnderTest store) {
        for (BatchStatus from : BatchStatus.values()) {
            for (BatchStatus to : BatchStatus.values()) {
                StoredBatch batch = store.inStatus(from);
                Verdict.Kind expected = from.isTerminal()
                        ? Verdict.Kind.TERMINAL
                        : from == to || from.canMoveTo(to) ? Verdict.Kind.APPLIED : Verdict.Kind.ILLEGAL_TRANSITION;
                assertEquals(expected, store.write(batch).status(to).kind(), () -> from + " to " + to);
                BatchStatus now = store.find(batch).state().status();
                assertEquals(expected == Verdict.Kind.APPLIED ? to : from, now, () -> from + " to " + to);
            }
        }
    }

    @Test
    default void s08_02_an_applied_commit_makes_the_batch_what_it_says(StoreUnderTest store) {
        StoredBatch batch = store.claimed();
        BatchCommit commit = store.write(batch)
                .status(BatchStatus.RUNNING)
                .page("a", "b", "c")
                .settle(1, FileOutcome.MAPPING_ERROR)
                .crashes(1)
                .build();
        assertEquals(Verdict.of(Verdict.Kind.APPLIED, false), store.commit(commit));
        assertEquals(batch.after(commit), store.find(batch));
    }

    @Test
    default void s08_03_a_lower_epoch_is_refused_and_changes_nothing(StoreUnderTest store) {
        StoredBatch before = store.running("a");
        store.release(before);
        StoredBatch now = store.claim("another").get(0).batch();
        assertRefused(Verdict.Kind.STALE_EPOCH, store, store.write(before), now);
        assertRefused(Verdict.Kind.STALE_EPOCH, store, store.write(now).epoch(1), now);
    }

    @Test
    default void s08_04_a_higher_epoch_is_refused_and_changes_nothing(StoreUnderTest store) {
        StoredBatch now = store.running("a");
        assertRefused(Verdict.Kind.STALE_EPOCH, store, store.write(now).epoch(2), now);
    }

    @Test
    default void s08_05_another_version_is_refused_and_changes_nothing(StoreUnderTest store) {
        StoredBatch now = store.running("a");
        long version = now.state().version();
        assertRefused(Verdict.Kind.VERSION_CONFLICT, store, store.write(now).version(version - 1), now);
        assertRefused(Verdict.Kind.VERSION_CONFLICT, store, store.write(now).version(version + 1), now);
    }

    @Test
    default void s08_06_a_terminal_batch_is_never_written_again(StoreUnderTest store) {
        for (BatchStatus status : List.of(BatchStatus.COMPLETED, BatchStatus.FAILED, BatchStatus.CANCELLED)) {
            StoredBatch now = store.moved(store.running("a"), status);
            assertRefused(Verdict.Kind.TERMINAL, store, store.write(now), now);
        }
    }

    @Test
    default void s08_07_a_move_of_status_that_does_not_exist_is_refused_and_changes_nothing(StoreUnderTest store) {
        StoredBatch now = store.running("a");
        assertRefused(Verdict.Kind.ILLEGAL_TRANSITION, store, store.write(now).status(BatchStatus.PENDING), now);
    }

    @Test
    default void s08_08_completed_is_refused_while_a_cancel_request_stands(StoreUnderTest store) {
        StoredBatch running = store.running("a");
        store.cancel(running);
        StoredBatch now = running.withCancelRequested();
        assertRefused(Verdict.Kind.CANCEL_REQUESTED, store, store.write(running).status(BatchStatus.COMPLETED), now);
    }

    @Test
    default void s08_09_a_cancel_request_lets_every_other_move_through(StoreUnderTest store) {
        for (BatchStatus to :
                List.of(BatchStatus.RUNNING, BatchStatus.THROTTLED, BatchStatus.FAILED, BatchStatus.CANCELLED)) {
            StoredBatch running = store.running("a");
            store.cancel(running);
            assertEquals(
                    Verdict.of(Verdict.Kind.APPLIED, true),
                    store.write(running).status(to).verdict(),
                    () -> "RUNNING to " + to);
        }
    }

    @Test
    default void s08_10_a_batch_that_is_not_there_is_gone(StoreUnderTest store) {
        StoredBatch unknown = StoredBatch.created(store.batch().build());
        assertEquals(
                Verdict.of(Verdict.Kind.GONE, false),
                store.write(unknown).status(BatchStatus.RUNNING).page("a").verdict());
        assertEquals(List.of(), store.files(unknown));
    }

    @Test
    default void s08_11_a_deleted_batch_is_gone(StoreUnderTest store) {
        StoredBatch ended = store.inStatus(BatchStatus.FAILED);
        store.delete(ended);
        assertEquals(Verdict.Kind.GONE, store.write(ended).kind());
    }

    @Test
    default void s08_12_the_epoch_is_asked_first_of_all(StoreUnderTest store) {
        StoredBatch ended = store.inStatus(BatchStatus.FAILED);
        assertEquals(
                Verdict.Kind.STALE_EPOCH,
                store.write(ended).epoch(0).version(99).kind());
    }

    @Test
    default void s08_13_the_end_is_asked_before_the_version(StoreUnderTest store) {
        StoredBatch ended = store.inStatus(BatchStatus.FAILED);
        assertEquals(Verdict.Kind.TERMINAL, store.write(ended).version(99).kind());
    }

    @Test
    default void s08_14_the_version_is_asked_before_the_move_of_status(StoreUnderTest store) {
        StoredBatch running = store.running("a");
        assertEquals(
                Verdict.Kind.VERSION_CONFLICT,
                store.write(running).version(99).status(BatchStatus.PENDING).kind());
    }

    @Test
    default void s08_15_the_move_of_status_is_asked_before_the_cancel_request(StoreUnderTest store) {
        StoredBatch pending = store.claimed();
        store.cancel(pending);
        assertEquals(
                Verdict.Kind.ILLEGAL_TRANSITION,
                store.write(pending).status(BatchStatus.COMPLETED).kind());
    }

    @Test
    default void s08_16_each_verdict_tells_of_a_cancel_request_whatever_became_of_the_commit(StoreUnderTest store) {
        StoredBatch batch = store.running("a");
        store.cancel(batch);
        assertTrue(store.write(batch).epoch(9).verdict().cancelRequested(), "stale epoch");
        assertTrue(store.write(batch).version(9).verdict().cancelRequested(), "version conflict");
        assertTrue(store.write(batch).status(BatchStatus.PENDING).verdict().cancelRequested(), "illegal transition");
        StoredBatch ended = store.moved(batch, BatchStatus.CANCELLED);
        assertTrue(store.write(ended).verdict().cancelRequested(), "terminal");
        assertFalse(store.write(store.running("b")).verdict().cancelRequested(), "of another batch");
    }

    @Test
    default void s08_17_a_commit_that_is_sent_twice_is_applied_once(StoreUnderTest store) {
        StoredBatch batch = store.claimed();
        BatchCommit commit = store.write(batch)
                .status(BatchStatus.RUNNING)
                .page("a")
                .settle(0, FileOutcome.FAILED)
                .build();
        store.commit(commit);
        StoredBatch once = store.find(batch);
        assertEquals(Verdict.Kind.VERSION_CONFLICT, store.commit(commit).kind());
        assertEquals(once, store.find(batch));
        assertEquals(1, store.files(batch).size());
    }

    @Test
    default void s08_18_another_claim_of_the_same_epoch_is_refused_and_changes_nothing(StoreUnderTest store) {
        StoredBatch now = store.running("a");
        for (long other : new long[] {now.state().claimToken() + 1, 0, -1}) {
            assertRefused(Verdict.Kind.STALE_EPOCH, store, store.write(now).claimToken(other), now);
        }
    }
}
