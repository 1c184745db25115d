package io.batchengine.testkit;

import static io.batchengine.testkit.StoreUnderTest.OTHER_PROJECT;
import static io.batchengine.testkit.StoreUnderTest.PROJECT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.CancelReply;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** S14: a cancel request is made by any engine, stands for ever, and moves nothing else. */
interface StoreCancelRules {
    @Test
    default void s14_01_a_request_is_recorded_and_told(StoreUnderTest store) {
        StoredBatch batch = store.running("a");
        StoredBatch expected = batch.withCancelRequested();
        assertEquals(CancelReply.of(CancelReply.Kind.REQUESTED, expected), store.cancel(batch));
        assertEquals(expected, store.find(batch));
    }

    @Test
    default void s14_02_a_request_moves_neither_version_nor_status_nor_time(StoreUnderTest store) {
        StoredBatch batch = store.running("a");
        store.cancel(batch);
        assertEquals(Verdict.Kind.APPLIED, store.write(batch).kind(), "of an owner that has not heard of it");
    }

    @Test
    default void s14_03_a_request_that_is_repeated_changes_nothing(StoreUnderTest store) {
        StoredBatch batch = store.running("a");
        assertEquals(store.cancel(batch), store.cancel(batch));
        assertEquals(batch.withCancelRequested(), store.find(batch));
    }

    @Test
    default void s14_04_every_open_status_takes_a_request_held_or_not(StoreUnderTest store) {
        for (BatchStatus status : List.of(BatchStatus.PENDING, BatchStatus.THROTTLED, BatchStatus.RUNNING)) {
            StoredBatch held = store.inStatus(status);
            assertEquals(CancelReply.Kind.REQUESTED, store.cancel(held).kind(), () -> "held, " + status);
            StoredBatch free = store.release(store.inStatus(status));
            assertEquals(CancelReply.Kind.REQUESTED, store.cancel(free).kind(), () -> "free, " + status);
        }
        assertEquals(CancelReply.Kind.REQUESTED, store.cancel(store.created()).kind(), "never claimed");
    }

    @Test
    default void s14_05_a_terminal_batch_takes_no_request(StoreUnderTest store) {
        for (BatchStatus status : List.of(BatchStatus.COMPLETED, BatchStatus.FAILED, BatchStatus.CANCELLED)) {
            StoredBatch ended = store.inStatus(status);
            assertEquals(CancelReply.of(CancelReply.Kind.ALREADY_TERMINAL, ended), store.cancel(ended));
            assertEquals(ended, store.find(ended));
        }
    }

    @Test
    default void s14_06_a_batch_that_is_not_there_is_not_found(StoreUnderTest store) {
        StoredBatch unknown = StoredBatch.created(store.batch().build());
        assertEquals(CancelReply.of(CancelReply.Kind.NOT_FOUND, null), store.cancel(unknown));
    }

    @Test
    default void s14_07_another_projects_batch_is_not_found_and_stays_as_it_is(StoreUnderTest store) {
        StoredBatch batch = store.batch().project(OTHER_PROJECT).key("key").create();
        CancelReply notFound = CancelReply.of(CancelReply.Kind.NOT_FOUND, null);
        assertEquals(notFound, store.spi.requestCancel(new BatchKey.ById(PROJECT, batch.id())));
        assertEquals(notFound, store.spi.requestCancel(new BatchKey.ByIdempotencyKey(PROJECT, "key")));
        assertEquals(batch, store.find(batch));
    }

    @Test
    default void s14_08_a_request_may_name_the_batch_by_its_key(StoreUnderTest store) {
        StoredBatch batch = store.batch().key("key").create();
        CancelReply reply = store.spi.requestCancel(new BatchKey.ByIdempotencyKey(PROJECT, "key"));
        assertEquals(CancelReply.of(CancelReply.Kind.REQUESTED, batch.withCancelRequested()), reply);
    }

    @Test
    default void s14_09_a_request_stands_through_claims_commits_releases_and_the_end(StoreUnderTest store) {
        StoredBatch batch = store.running("a");
        store.cancel(batch);
        batch = store.write(batch).page("b").apply();
        assertTrue(batch.state().cancelRequested(), "after a commit");
        batch = store.release(batch);
        assertTrue(batch.state().cancelRequested(), "after a release");
        batch = store.claim("another").get(0).batch();
        assertTrue(batch.state().cancelRequested(), "after a claim");
        batch = store.moved(batch, BatchStatus.CANCELLED);
        assertTrue(batch.state().cancelRequested(), "after the end");
    }

    @Test
    default void s14_10_a_request_is_of_one_batch(StoreUnderTest store) {
        StoredBatch other = store.running("a");
        store.cancel(store.running("b"));
        assertEquals(other, store.find(other));
        assertEquals(
                Verdict.Kind.APPLIED,
                store.write(other).status(BatchStatus.COMPLETED).kind());
    }
}
