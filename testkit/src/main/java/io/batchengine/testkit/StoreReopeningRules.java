package io.batchengine.testkit;

import static io.batchengine.testkit.StoreUnderTest.LONG;
import static io.batchengine.testkit.StoreUnderTest.PROJECT;
import static io.batchengine.testkit.StoreUnderTest.T0;
import static io.batchengine.testkit.StoreUnderTest.claimedIds;
import static io.batchengine.testkit.StoreUnderTest.numbered;
import static io.batchengine.testkit.StoreUnderTest.settled;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.ClaimRequest;
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.CreateResult;
import io.batchengine.spi.store.DeleteReply;
import io.batchengine.spi.store.DeleteRequest;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** S24: a store that keeps its data has all of it after it was closed and opened again. */
interface StoreReopeningRules {
    @Test
    default void s24_01_batches_of_every_status_are_kept_with_every_field(StoreUnderTest store) throws Exception {
        List<StoredBatch> batches = new ArrayList<>();
        batches.add(store.batch().key("key").requestedBy("somebody").create());
        List<StoredBatch> held =
                Stream.of(BatchStatus.values()).map(store::inStatus).toList();
        held.forEach(batch -> batches.add(store.release(batch)));
        store.reopen();
        batches.forEach(batch -> assertEquals(batch, store.find(batch)));
        assertEquals(batches.size(), store.list().batches().size());
    }

    @Test
    default void s24_02_files_are_kept_settled_delayed_or_only_listed(StoreUnderTest store) throws Exception {
        StoredBatch batch = store.write(store.running("a", "b", "c"))
                .settle(settled(0, FileOutcome.FAILED, "own-1"))
                .delay(DelayedFile.builder()
                        .ordinal(1)
                        .attempts(2)
                        .mapped(true)
                        .notBefore(T0)
                        .crashes(1)
                        .mark(DelayedFile.StartMark.ALONE)
                        .build())
                .page("d")
                .apply();
        List<FileRecord> files = store.files(batch);
        store.reopen();
        assertEquals(files, store.files(batch));
        assertEquals(files.subList(0, 1), store.byJob(PROJECT, "own-1"));
    }

    @Test
    default void s24_03_a_cancel_request_is_kept(StoreUnderTest store) throws Exception {
        StoredBatch batch = store.release(store.running("a"));
        store.cancel(batch);
        store.reopen();
        assertEquals(batch.withCancelRequested(), store.find(batch));
        assertEquals(List.of(batch.id()), claimedIds(store.claim(Set.of(), 9)));
    }

    @Test
    default void s24_04_a_key_stays_taken(StoreUnderTest store) throws Exception {
        StoredBatch batch = store.batch().key("key").create();
        store.reopen();
        assertEquals(new CreateResult.Existing(batch), store.batch().key("key").send());
        assertEquals(
                new CreateResult.Conflict(batch),
                store.batch().key("key").fingerprint("another").send());
    }

    @Test
    default void s24_05_a_released_batch_is_open_without_a_crash(StoreUnderTest store) throws Exception {
        StoredBatch batch = store.release(store.running("a"));
        store.reopen();
        List<Claimed> claimed = store.claim("heir");
        assertEquals(List.of(batch.id()), claimedIds(claimed));
        assertFalse(claimed.get(0).ownerLost(), "ownerLost");
        assertEquals(2, claimed.get(0).batch().state().epoch());
    }

    @Test
    default void s24_06_a_batch_that_was_held_is_taken_over_and_its_owner_is_fenced(StoreUnderTest store)
            throws Exception {
        StoredBatch before = store.claimedBriefly("zombie");
        store.reopen();
        store.lapse();
        List<Claimed> taken = store.claim("heir");
        assertEquals(List.of(before.id()), claimedIds(taken));
        assertTrue(taken.get(0).ownerLost(), "ownerLost");
        assertEquals(1, taken.get(0).batch().state().crashes());
        assertEquals(
                Verdict.Kind.STALE_EPOCH,
                store.write(before).status(BatchStatus.RUNNING).kind());
    }

    @Test
    default void s24_07_a_batch_continues_where_it_was(StoreUnderTest store) throws Exception {
        StoredBatch batch = store.release(store.write(store.running("a", "b"))
                .settle(0, FileOutcome.SUCCEEDED)
                .settledBelow(1)
                .apply());
        store.reopen();
        StoredBatch taken = store.claim("heir").get(0).batch();
        StoredBatch ended = store.write(taken)
                .page("c")
                .settleAgain(settled(0, FileOutcome.FAILED))
                .settle(1, FileOutcome.FAILED)
                .settle(2, FileOutcome.SUCCEEDED)
                .listed(true, "c")
                .settledBelow(3)
                .status(BatchStatus.COMPLETED)
                .apply();
        assertEquals(
                FileCounts.builder().listed(3).succeeded(2).failed(1).build(),
                ended.state().counts());
        assertEquals(settled(0, FileOutcome.SUCCEEDED), store.file(batch, 0).settled());
        assertEquals("c", store.file(batch, 2).fileId());
    }

    @Test
    default void s24_08_a_deleted_batch_stays_deleted(StoreUnderTest store) throws Exception {
        StoredBatch ended = store.inStatus(BatchStatus.FAILED);
        store.delete(ended);
        store.reopen();
        assertEquals(Optional.empty(), store.look(ended));
        assertEquals(List.of(), store.list().batches());
    }

    @Test
    default void s24_09_a_deletion_that_was_cut_off_between_two_slices_goes_on(StoreUnderTest store) throws Exception {
        TestCommit draft = store.write(store.running(numbered("file-", 50).toArray(String[]::new)));
        for (int i = 0; i < 50; i++) {
            draft.settle(i, FileOutcome.SUCCEEDED);
        }
        StoredBatch batch = store.moved(draft.apply(), BatchStatus.COMPLETED);
        DeleteRequest request = new DeleteRequest.OneBatch(PROJECT, batch.id());
        DeleteReply first = store.spi.delete(request, 1);
        store.reopen();
        assertEquals(Optional.empty(), store.look(batch));
        if (first.kind() == DeleteReply.Kind.MORE) {
            assertEquals(DeleteReply.of(DeleteReply.Kind.DELETED, 1 - first.batches()), store.deleteAll(request, 1));
        }
        assertEquals(List.of(), store.files(batch));
    }

    @Test
    default void s24_10_a_list_continues_after_its_position(StoreUnderTest store) throws Exception {
        StoredBatch oldest = store.created();
        StoredBatch last = store.created();
        store.created();
        store.reopen();
        store.created();
        BatchQuery.Position place = new BatchQuery.Position(last.request().createdAt(), last.id());
        BatchQuery query =
                BatchQuery.builder().projectId(PROJECT).after(place).limit(9).build();
        assertEquals(List.of(oldest), store.spi.list(query).batches());
    }

    @Test
    default void s24_11_time_does_not_go_back(StoreUnderTest store) throws Exception {
        StoredBatch batch = store.release(
                store.write(store.running("a")).at(T0.plusSeconds(60)).apply());
        store.reopen();
        List<Claimed> claimed = store.spi.claim(ClaimRequest.builder()
                .owner("heir")
                .claimToken(store.newToken())
                .lease(LONG)
                .types(Set.of(batch.request().config().job().type()))
                .limit(1)
                .at(T0)
                .build());
        assertEquals(
                T0.plusSeconds(60).plusNanos(1_000),
                claimed.get(0).batch().state().updatedAt());
    }

    @Test
    default void s24_12_each_of_many_openings_finds_what_the_one_before_wrote(StoreUnderTest store) throws Exception {
        StoredBatch batch = store.release(store.running("file-0"));
        for (int i = 1; i <= 4; i++) {
            store.reopen();
            StoredBatch taken = store.claim("engine-" + i).get(0).batch();
            assertEquals(i + 1, taken.state().epoch());
            store.release(store.write(taken).page("file-" + i).apply());
        }
        store.reopen();
        assertEquals(
                List.of("file-0", "file-1", "file-2", "file-3", "file-4"),
                store.files(batch).stream().map(FileRecord::fileId).toList());
    }
}
