package io.batchengine.testkit;

import static io.batchengine.testkit.StoreUnderTest.OTHER_PROJECT;
import static io.batchengine.testkit.StoreUnderTest.PROJECT;
import static io.batchengine.testkit.StoreUnderTest.T0;
import static io.batchengine.testkit.StoreUnderTest.settled;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.store.DeleteReply;
import io.batchengine.spi.store.DeleteRequest;
import io.batchengine.spi.store.StoredBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** S18: batches that ended long ago are deleted together. */
interface StorePurgeRules {
    private static DeleteReply purge(StoreUnderTest store, @Nullable String project, Instant before) {
        return store.deleteAll(new DeleteRequest.FinishedBefore(project, before), 1_000);
    }

    private static DeleteReply deleted(long batches) {
        return DeleteReply.of(DeleteReply.Kind.DELETED, batches);
    }

    private static StoredBatch endedAt(StoreUnderTest store, Instant at) {
        return store.write(store.claimed()).status(BatchStatus.FAILED).at(at).apply();
    }

    @Test
    default void s18_01_only_what_ended_before_the_time_goes(StoreUnderTest store) {
        Instant time = T0.plusSeconds(60);
        StoredBatch before = endedAt(store, time.minusNanos(1_000));
        StoredBatch at = endedAt(store, time);
        StoredBatch after = endedAt(store, time.plusNanos(1_000));
        assertEquals(deleted(1), purge(store, PROJECT, time));
        assertEquals(Optional.empty(), store.look(before));
        assertEquals(at, store.find(at));
        assertEquals(after, store.find(after));
    }

    @Test
    default void s18_02_the_end_counts_and_not_the_creation(StoreUnderTest store) {
        StoredBatch batch = endedAt(store, T0.plus(Duration.ofDays(9)));
        assertEquals(deleted(0), purge(store, PROJECT, T0.plus(Duration.ofDays(8))));
        assertEquals(batch, store.find(batch));
    }

    @Test
    default void s18_03_a_purge_of_one_project_leaves_the_others(StoreUnderTest store) {
        store.ended(PROJECT, BatchStatus.COMPLETED);
        StoredBatch other = store.ended(OTHER_PROJECT, BatchStatus.COMPLETED);
        assertEquals(deleted(1), purge(store, PROJECT, Instant.MAX));
        assertEquals(other, store.find(other));
    }

    @Test
    default void s18_04_a_purge_without_a_project_is_of_all(StoreUnderTest store) {
        StoredBatch own = store.ended(PROJECT, BatchStatus.COMPLETED);
        StoredBatch other = store.ended(OTHER_PROJECT, BatchStatus.CANCELLED);
        assertEquals(deleted(2), purge(store, null, Instant.MAX));
        assertEquals(Optional.empty(), store.look(own));
        assertEquals(Optional.empty(), store.look(other));
    }

    @Test
    default void s18_05_what_has_not_ended_stays(StoreUnderTest store) {
        List<StoredBatch> open = List.of(
                store.created(),
                store.inStatus(BatchStatus.PENDING),
                store.inStatus(BatchStatus.THROTTLED),
                store.running("a"));
        assertEquals(deleted(0), purge(store, null, Instant.MAX));
        open.forEach(batch -> assertEquals(batch, store.find(batch)));
    }

    @Test
    default void s18_06_what_is_being_retried_stays_until_that_has_ended(StoreUnderTest store) {
        StoredBatch origin = store.ended(PROJECT, BatchStatus.COMPLETED);
        StoredBatch retry = store.claimed(store.batch().retryOf(origin));
        store.ended(PROJECT, BatchStatus.COMPLETED);
        assertEquals(deleted(1), purge(store, PROJECT, Instant.MAX));
        assertEquals(origin, store.find(origin));
        store.moved(retry, BatchStatus.FAILED);
        assertEquals(deleted(2), purge(store, PROJECT, Instant.MAX));
    }

    @Test
    default void s18_07_where_nothing_is_old_nothing_is_done(StoreUnderTest store) {
        assertEquals(deleted(0), purge(store, null, Instant.MAX));
        StoredBatch ended = store.ended(PROJECT, BatchStatus.COMPLETED);
        assertEquals(deleted(0), purge(store, null, Instant.MIN));
        assertEquals(ended, store.find(ended));
    }

    @Test
    default void s18_08_slices_count_each_batch_once_and_leave_nothing(StoreUnderTest store) {
        List<StoredBatch> ended = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            TestCommit draft = store.write(store.running("a", "b", "c", "d", "e"));
            for (int file = 0; file < 5; file++) {
                draft.settle(file, FileOutcome.SUCCEEDED);
            }
            ended.add(store.moved(draft.apply(), BatchStatus.COMPLETED));
        }
        StoredBatch open = store.running("a");
        assertEquals(deleted(6), store.deleteAll(new DeleteRequest.FinishedBefore(null, Instant.MAX), 2));
        for (StoredBatch batch : ended) {
            assertEquals(Optional.empty(), store.look(batch));
            assertEquals(List.of(), store.files(batch));
        }
        assertEquals(List.of(open), store.list().batches());
        assertEquals(1, store.files(open).size());
    }

    @Test
    default void s18_09_a_purge_frees_keys_and_forgets_jobs(StoreUnderTest store) {
        StoredBatch batch = store.write(store.claimed(store.batch().key("key")))
                .status(BatchStatus.RUNNING)
                .page("a")
                .settle(settled(0, FileOutcome.FAILED, "own-1"))
                .apply();
        store.moved(batch, BatchStatus.COMPLETED);
        purge(store, PROJECT, Instant.MAX);
        assertEquals(List.of(), store.byJob(PROJECT, "own-1"));
        store.batch().key("key").fingerprint("another").create();
    }

    @Test
    default void s18_10_a_batch_that_was_half_deleted_alone_is_finished_by_a_purge(StoreUnderTest store) {
        TestCommit draft = store.write(store.running("a", "b", "c", "d", "e", "f"));
        for (int file = 0; file < 6; file++) {
            draft.settle(file, FileOutcome.SUCCEEDED);
        }
        StoredBatch batch = store.moved(draft.apply(), BatchStatus.COMPLETED);
        DeleteReply first = store.spi.delete(new DeleteRequest.OneBatch(PROJECT, batch.id()), 1);
        long left = first.kind() == DeleteReply.Kind.MORE ? 1 - first.batches() : 0;
        assertEquals(deleted(left), store.deleteAll(new DeleteRequest.FinishedBefore(PROJECT, Instant.MAX), 1));
        assertEquals(List.of(), store.files(batch));
        DeleteReply again = store.deleteAll(new DeleteRequest.OneBatch(PROJECT, batch.id()), 1);
        assertEquals(DeleteReply.of(DeleteReply.Kind.NOT_FOUND, 0), again);
    }
}
