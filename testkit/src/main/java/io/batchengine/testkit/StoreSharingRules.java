package io.batchengine.testkit;

import static io.batchengine.testkit.StoreUnderTest.ENGINE;
import static io.batchengine.testkit.StoreUnderTest.LONG;
import static io.batchengine.testkit.StoreUnderTest.PROJECT;
import static io.batchengine.testkit.StoreUnderTest.TYPE;
import static io.batchengine.testkit.StoreUnderTest.claimedIds;
import static io.batchengine.testkit.StoreUnderTest.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobType;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.CancelReply;
import io.batchengine.spi.store.ClaimRequest;
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.CreateResult;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** S25: a store on data that engines share, each through a store of its own. */
interface StoreSharingRules {
    private static ClaimRequest anything(StoreUnderTest store, String owner, StoredBatch batch) {
        Set<JobType> types = Set.of(TYPE, batch.request().config().job().type());
        return ClaimRequest.builder()
                .owner(owner)
                .claimToken(store.newToken())
                .lease(LONG)
                .types(types)
                .limit(99)
                .at(store.now())
                .build();
    }

    @Test
    default void s25_01_what_one_writes_the_other_reads(StoreUnderTest store) throws Exception {
        BatchStore second = store.second();
        StoredBatch batch = store.write(store.running("a", "b"))
                .settle(0, FileOutcome.FAILED)
                .apply();
        assertEquals(Optional.of(batch), second.find(key(batch)));
        assertEquals(
                store.files(batch), second.files(FileQuery.InBatch.of(batch.id(), 0, Long.MAX_VALUE, Set.of(), 9)));
        store.delete(store.moved(batch, BatchStatus.COMPLETED));
        assertEquals(Optional.empty(), second.find(key(batch)));
    }

    @Test
    default void s25_02_what_one_holds_the_other_does_not_claim(StoreUnderTest store) throws Exception {
        BatchStore second = store.second();
        StoredBatch batch = store.claimed();
        assertEquals(List.of(), second.claim(anything(store, "another", batch)));
    }

    @Test
    default void s25_03_what_one_gives_back_the_other_claims(StoreUnderTest store) throws Exception {
        BatchStore second = store.second();
        StoredBatch batch = store.release(store.claimed());
        List<Claimed> claimed = second.claim(anything(store, "another", batch));
        assertEquals(List.of(batch.id()), claimedIds(claimed));
        assertFalse(claimed.get(0).ownerLost(), "ownerLost");
    }

    @Test
    default void s25_04_what_one_lets_lapse_the_other_takes_over_and_fences(StoreUnderTest store) throws Exception {
        BatchStore second = store.second();
        StoredBatch before = store.claimedBriefly("zombie");
        store.lapse();
        List<Claimed> taken = second.claim(anything(store, "heir", before));
        assertEquals(List.of(before.id()), claimedIds(taken));
        assertTrue(taken.get(0).ownerLost(), "ownerLost");
        assertEquals(
                Verdict.Kind.STALE_EPOCH,
                store.write(before).status(BatchStatus.RUNNING).kind());
        assertEquals(Set.of(), store.renew("zombie").held());
    }

    @Test
    default void s25_05_a_cancel_request_through_one_reaches_the_owner_at_the_other(StoreUnderTest store)
            throws Exception {
        BatchStore second = store.second();
        StoredBatch batch = store.running("a");
        assertEquals(
                CancelReply.Kind.REQUESTED, second.requestCancel(key(batch)).kind());
        assertEquals(Set.of(batch.id()), store.renew(ENGINE).cancelRequested());
        assertEquals(
                Verdict.of(Verdict.Kind.CANCEL_REQUESTED, true),
                store.write(batch).status(BatchStatus.COMPLETED).verdict());
    }

    @Test
    default void s25_06_a_key_is_taken_for_both(StoreUnderTest store) throws Exception {
        BatchStore second = store.second();
        for (int round = 0; round < 10; round++) {
            BatchRecord one = store.batch().key("key-" + round).build();
            BatchRecord two = store.batch().key("key-" + round).build();
            List<CreateResult> answers = Race.of(List.of(() -> store.spi.create(one), () -> second.create(two)));
            StoredBatch stored = store.spi
                    .find(new BatchKey.ByIdempotencyKey(PROJECT, "key-" + round))
                    .orElseThrow();
            assertEquals(
                    Set.of(new CreateResult.Created(stored), new CreateResult.Existing(stored)),
                    new HashSet<>(answers));
        }
    }

    @Test
    default void s25_07_no_batch_is_given_to_claimers_at_both(StoreUnderTest store) throws Exception {
        BatchStore second = store.second();
        List<String> created = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            created.add(store.created().id());
        }
        List<Callable<List<String>>> claimers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            BatchStore handle = i % 2 == 0 ? store.spi : second;
            ClaimRequest request = ClaimRequest.builder()
                    .owner("engine-" + i)
                    .claimToken(store.newToken())
                    .lease(LONG)
                    .types(Set.of(TYPE))
                    .limit(3)
                    .at(store.now())
                    .build();
            claimers.add(() -> {
                List<String> mine = new ArrayList<>();
                List<Claimed> claimed;
                do {
                    claimed = handle.claim(request);
                    mine.addAll(claimedIds(claimed));
                } while (!claimed.isEmpty());
                return mine;
            });
        }
        List<String> all = new ArrayList<>();
        Race.of(claimers).forEach(all::addAll);
        all.addAll(claimedIds(store.claim("last")));
        Collections.sort(all);
        Collections.sort(created);
        assertEquals(created, all);
    }

    @Test
    default void s25_08_closing_one_leaves_the_other_open(StoreUnderTest store) throws Exception {
        BatchStore second = store.second();
        StoredBatch batch = store.running("a");
        second.close();
        assertEquals(batch, store.find(batch));
        assertEquals("b", store.file(store.write(batch).page("b").apply(), 1).fileId());
    }
}
