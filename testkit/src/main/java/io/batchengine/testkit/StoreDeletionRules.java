package io.batchengine.testkit;

import static io.batchengine.testkit.StoreUnderTest.OTHER_PROJECT;
import static io.batchengine.testkit.StoreUnderTest.PROJECT;
import static io.batchengine.testkit.StoreUnderTest.numbered;
import static io.batchengine.testkit.StoreUnderTest.project;
import static io.batchengine.testkit.StoreUnderTest.settled;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchPage;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.CancelReply;
import io.batchengine.spi.store.CreateResult;
import io.batchengine.spi.store.DeleteReply;
import io.batchengine.spi.store.DeleteRequest;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** S17: a batch that has ended is deleted with all that belongs to it, and nothing else is. */
interface StoreDeletionRules {
    private static DeleteReply oneDeleted() {
        return DeleteReply.of(DeleteReply.Kind.DELETED, 1);
    }

    /** An ended batch of 40 files in 4 pages, each with a record. */
    private static StoredBatch large(StoreUnderTest store, BatchDraft draft) {
        TestCommit write = store.write(store.claimed(draft)).status(BatchStatus.RUNNING);
        for (int page = 0; page < 4; page++) {
            write.page(numbered("file-" + page + "-", 10));
        }
        for (int i = 0; i < 40; i++) {
            write.settle(settled(i, FileOutcome.FAILED, "own-" + i));
        }
        return store.moved(write.apply(), BatchStatus.COMPLETED);
    }

    private static DeleteRequest request(StoredBatch batch) {
        return new DeleteRequest.OneBatch(project(batch), batch.id());
    }

    @Test
    default void s17_01_an_ended_batch_is_deleted_whatever_its_status(StoreUnderTest store) {
        for (BatchStatus status : List.of(BatchStatus.COMPLETED, BatchStatus.FAILED, BatchStatus.CANCELLED)) {
            StoredBatch ended = store.inStatus(status);
            assertEquals(oneDeleted(), store.delete(ended), status::name);
            assertEquals(Optional.empty(), store.look(ended), status::name);
        }
    }

    @Test
    default void s17_02_nothing_of_a_deleted_batch_is_left(StoreUnderTest store) {
        StoredBatch batch = large(store, store.batch().key("key"));
        assertEquals(oneDeleted(), store.delete(batch));
        assertEquals(Optional.empty(), store.look(batch));
        assertEquals(Optional.empty(), store.spi.find(new BatchKey.ByIdempotencyKey(PROJECT, "key")));
        assertEquals(List.of(), store.list().batches());
        assertEquals(List.of(), store.files(batch));
        assertEquals(List.of(), store.byJob(PROJECT, "own-7"));
        assertEquals(CancelReply.Kind.NOT_FOUND, store.cancel(batch).kind());
    }

    @Test
    default void s17_03_a_deleted_batchs_key_is_free_again(StoreUnderTest store) {
        StoredBatch batch = store.moved(store.claimed(store.batch().key("key")), BatchStatus.FAILED);
        store.delete(batch);
        StoredBatch next = store.batch().key("key").fingerprint("another").create();
        assertEquals(Optional.of(next), store.spi.find(new BatchKey.ByIdempotencyKey(PROJECT, "key")));
    }

    @Test
    default void s17_04_a_batch_that_has_not_ended_is_not_deleted(StoreUnderTest store) {
        for (BatchStatus status : List.of(BatchStatus.PENDING, BatchStatus.THROTTLED, BatchStatus.RUNNING)) {
            StoredBatch open =
                    store.moved(store.write(store.claimed()).page("a").apply(), status);
            assertEquals(DeleteReply.of(DeleteReply.Kind.NOT_TERMINAL, 0), store.delete(open));
            assertEquals(open, store.find(open));
            assertEquals(1, store.files(open).size());
        }
    }

    @Test
    default void s17_05_a_batch_that_is_not_there_is_not_found(StoreUnderTest store) {
        StoredBatch unknown = StoredBatch.created(store.batch().build());
        assertEquals(DeleteReply.of(DeleteReply.Kind.NOT_FOUND, 0), store.delete(unknown));
    }

    @Test
    default void s17_06_another_projects_batch_is_not_found_and_stays(StoreUnderTest store) {
        StoredBatch ended = store.ended(OTHER_PROJECT, BatchStatus.FAILED);
        DeleteRequest wrong = new DeleteRequest.OneBatch(PROJECT, ended.id());
        assertEquals(DeleteReply.of(DeleteReply.Kind.NOT_FOUND, 0), store.deleteAll(wrong, 9));
        assertEquals(ended, store.find(ended));
    }

    @Test
    default void s17_07_a_batch_is_deleted_once(StoreUnderTest store) {
        StoredBatch ended = store.inStatus(BatchStatus.FAILED);
        store.delete(ended);
        assertEquals(DeleteReply.of(DeleteReply.Kind.NOT_FOUND, 0), store.delete(ended));
    }

    @Test
    default void s17_08_no_other_batch_is_touched(StoreUnderTest store) {
        StoredBatch deleted = large(store, store.batch());
        StoredBatch kept = store.moved(
                store.write(store.running("a", "b"))
                        .settle(settled(0, FileOutcome.FAILED, "kept-1"))
                        .apply(),
                BatchStatus.COMPLETED);
        List<FileRecord> files = store.files(kept);
        store.delete(deleted);
        assertEquals(kept, store.find(kept));
        assertEquals(files, store.files(kept));
        assertEquals(files.subList(0, 1), store.byJob(PROJECT, "kept-1"));
        assertEquals(List.of(kept), store.list().batches());
    }

    @Test
    default void s17_09_a_batch_whose_files_are_being_retried_is_in_use(StoreUnderTest store) {
        StoredBatch origin = store.running("a");
        origin = store.moved(origin, BatchStatus.COMPLETED);
        StoredBatch retry = store.claimed(store.batch().retryOf(origin));
        for (BatchStatus status : List.of(BatchStatus.PENDING, BatchStatus.THROTTLED, BatchStatus.RUNNING)) {
            retry = store.moved(retry, status);
            assertEquals(DeleteReply.of(DeleteReply.Kind.IN_USE, 0), store.delete(origin), status::name);
        }
        assertEquals(origin, store.find(origin));
        assertEquals(1, store.files(origin).size());
    }

    @Test
    default void s17_10_a_batch_whose_retry_has_ended_is_deleted(StoreUnderTest store) {
        StoredBatch origin = store.inStatus(BatchStatus.FAILED);
        StoredBatch retry = store.moved(store.claimed(store.batch().retryOf(origin)), BatchStatus.CANCELLED);
        assertEquals(oneDeleted(), store.delete(origin));
        assertEquals(retry, store.find(retry));
    }

    @Test
    default void s17_11_a_retry_is_deleted_before_or_after_its_origin(StoreUnderTest store) {
        StoredBatch origin = store.inStatus(BatchStatus.FAILED);
        StoredBatch retry = store.moved(store.claimed(store.batch().retryOf(origin)), BatchStatus.FAILED);
        assertEquals(oneDeleted(), store.delete(retry));
        assertEquals(oneDeleted(), store.delete(origin));
    }

    @Test
    default void s17_12_a_large_batch_goes_in_slices_and_is_counted_once(StoreUnderTest store) {
        StoredBatch batch = large(store, store.batch());
        assertEquals(oneDeleted(), store.deleteAll(request(batch), 1));
        assertEquals(DeleteReply.of(DeleteReply.Kind.NOT_FOUND, 0), store.deleteAll(request(batch), 1));
        assertEquals(List.of(), store.files(batch));
    }

    @Test
    default void s17_13_a_batch_is_hidden_from_the_first_slice_on(StoreUnderTest store) {
        StoredBatch batch = large(store, store.batch().key("key"));
        store.spi.delete(request(batch), 1);
        assertEquals(Optional.empty(), store.look(batch));
        assertEquals(Optional.empty(), store.spi.find(new BatchKey.ByIdempotencyKey(PROJECT, "key")));
        assertEquals(new BatchPage(List.of(), OptionalLong.of(0)), listed(store));
        assertEquals(CancelReply.Kind.NOT_FOUND, store.cancel(batch).kind());
        assertEquals(Verdict.Kind.GONE, store.write(batch).kind());
    }

    private static BatchPage listed(StoreUnderTest store) {
        return store.spi.list(
                BatchQuery.builder().projectId(PROJECT).limit(9).withTotal(true).build());
    }

    @Test
    default void s17_14_a_batch_can_not_be_retried_from_the_first_slice_on(StoreUnderTest store) {
        StoredBatch batch = large(store, store.batch());
        store.spi.delete(request(batch), 1);
        assertEquals(
                new CreateResult.OriginMissing(), store.batch().retryOf(batch).send());
    }

    @Test
    default void s17_15_a_batchs_key_is_free_from_the_first_slice_on(StoreUnderTest store) {
        StoredBatch batch = large(store, store.batch().key("key"));
        store.spi.delete(request(batch), 1);
        StoredBatch next = store.batch().key("key").fingerprint("another").create();
        store.deleteAll(request(batch), 1);
        assertEquals(Optional.of(next), store.spi.find(new BatchKey.ByIdempotencyKey(PROJECT, "key")));
    }
}
