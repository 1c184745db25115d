package io.batchengine.testkit;

import static io.batchengine.testkit.StoreUnderTest.ENGINE;
import static io.batchengine.testkit.StoreUnderTest.LONG;
import static io.batchengine.testkit.StoreUnderTest.TYPE;
import static io.batchengine.testkit.StoreUnderTest.claimRef;
import static io.batchengine.testkit.StoreUnderTest.claimedIds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.store.ClaimRequest;
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.Renewal;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** S6: an engine that is gone loses its batches, and one that only seemed so can do no harm. */
interface StoreLeaseRules {
    /** A batch that another engine took over since its owner's lease had lapsed: before and after. */
    private static List<StoredBatch> takenOver(StoreUnderTest store) throws Exception {
        StoredBatch before = store.claimedBriefly("zombie");
        store.lapse();
        List<Claimed> taken = store.claim("heir");
        assertEquals(List.of(before.id()), claimedIds(taken), "claimed after the lease had lapsed");
        return List.of(before, taken.get(0).batch());
    }

    @Test
    default void s06_01_a_lapsed_owners_batch_is_claimed_again(StoreUnderTest store) throws Exception {
        StoredBatch before = store.claimedBriefly("zombie");
        store.lapse();
        Instant at = store.now();
        long token = store.newToken();
        List<Claimed> taken = store.spi.claim(ClaimRequest.builder()
                .owner("heir")
                .claimToken(token)
                .lease(LONG)
                .types(Set.of(before.request().config().job().type()))
                .limit(1)
                .at(at)
                .build());
        assertEquals(List.of(Claimed.of(before.claimedBy("heir", token, at), true)), taken);
        assertEquals(2, taken.get(0).batch().state().epoch());
        assertEquals(1, taken.get(0).batch().state().crashes());
    }

    @Test
    default void s06_02_no_write_of_an_owner_before_is_taken(StoreUnderTest store) throws Exception {
        List<StoredBatch> batch = takenOver(store);
        StoredBatch before = batch.get(0);
        StoredBatch after = batch.get(1);
        assertEquals(
                Verdict.Kind.STALE_EPOCH,
                store.write(before).status(BatchStatus.RUNNING).page("a").kind());
        assertEquals(
                Verdict.Kind.STALE_EPOCH, store.write(after).epoch(1).page("a").kind(), "with the version of now");
        assertEquals(after, store.find(after));
        assertEquals(List.of(), store.files(after));
    }

    @Test
    default void s06_03_an_owner_before_holds_nothing_any_more(StoreUnderTest store) throws Exception {
        StoredBatch after = takenOver(store).get(1);
        assertEquals(Renewal.of(Set.of(), Set.of()), store.renew("zombie"));
        assertEquals(Set.of(claimRef(after)), store.renew("heir").held());
    }

    @Test
    default void s06_04_an_owner_before_can_give_nothing_back(StoreUnderTest store) throws Exception {
        List<StoredBatch> batch = takenOver(store);
        StoredBatch after = batch.get(1);
        store.renew("zombie", claimRef(batch.get(0)), claimRef(after));
        assertEquals(after, store.find(after));
        assertEquals(List.of(), store.claim("third"));
    }

    @Test
    default void s06_05_a_renewal_prolongs_the_lease_of_all_that_is_held(StoreUnderTest store) throws Exception {
        store.claimedBriefly(ENGINE);
        store.claimedBriefly(ENGINE);
        store.renew(ENGINE);
        store.lapse();
        assertEquals(List.of(), store.claim("another"));
    }

    @Test
    default void s06_06_a_claim_prolongs_the_lease_of_what_was_held_before(StoreUnderTest store) throws Exception {
        store.claimedBriefly(ENGINE);
        store.created();
        assertEquals(1, store.claim(ENGINE).size());
        store.lapse();
        assertEquals(List.of(), store.claim("another"));
    }

    @Test
    default void s06_07_a_late_renewal_keeps_what_nobody_has_claimed_since(StoreUnderTest store) throws Exception {
        StoredBatch batch = store.claimedBriefly(ENGINE);
        store.lapse();
        assertEquals(Set.of(claimRef(batch)), store.renew(ENGINE).held());
        assertEquals(List.of(), store.claim("another"));
        assertEquals(batch, store.find(batch));
    }

    @Test
    default void s06_08_a_late_commit_is_taken_while_nobody_has_claimed_since(StoreUnderTest store) throws Exception {
        StoredBatch batch = store.claimedBriefly(ENGINE);
        store.lapse();
        assertEquals(
                BatchStatus.RUNNING,
                store.moved(batch, BatchStatus.RUNNING).state().status());
    }

    @Test
    default void s06_09_an_engine_may_claim_again_what_it_lost_itself(StoreUnderTest store) throws Exception {
        StoredBatch before = store.claimedBriefly(ENGINE);
        store.lapse();
        List<Claimed> claimed = store.claim(ENGINE);
        assertEquals(List.of(before.id()), claimedIds(claimed));
        assertTrue(claimed.get(0).ownerLost(), "ownerLost");
        assertEquals(2, claimed.get(0).batch().state().epoch());
        assertEquals(
                Verdict.Kind.STALE_EPOCH,
                store.write(before).status(BatchStatus.RUNNING).kind());
        assertEquals(
                Set.of(claimRef(claimed.get(0).batch())), store.renew(ENGINE).held());
    }

    @Test
    default void s06_10_one_owners_end_does_not_touch_another(StoreUnderTest store) throws Exception {
        StoredBatch held = store.claimed();
        StoredBatch lapsed = store.claimedBriefly("one");
        store.lapse();
        assertEquals(List.of(lapsed.id()), claimedIds(store.claim("third")));
        assertEquals(held, store.find(held));
    }

    @Test
    default void s06_11_crashes_in_a_row_are_counted(StoreUnderTest store) throws Exception {
        StoredBatch batch = store.claimedBriefly("engine-0");
        for (int crashes = 1; crashes <= 3; crashes++) {
            store.lapse();
            List<Claimed> taken = store.claim("engine-" + crashes, store.shortLease());
            assertEquals(List.of(batch.id()), claimedIds(taken));
            assertEquals(crashes, taken.get(0).batch().state().crashes());
            assertEquals(crashes + 1, taken.get(0).batch().state().epoch());
        }
    }

    @Test
    default void s06_12_a_lapsed_batch_that_is_not_wanted_stays_as_it_is(StoreUnderTest store) throws Exception {
        StoredBatch lapsed = store.claimedBriefly("zombie");
        store.lapse();
        assertEquals(List.of(), store.claim(Set.of(TYPE), 9));
        assertEquals(lapsed, store.find(lapsed));
        assertEquals(List.of(lapsed.id()), claimedIds(store.claim("heir")));
    }

    @Test
    default void s06_13_the_oldest_come_first_lapsed_or_not(StoreUnderTest store) throws Exception {
        StoredBatch lapsed = store.claimedBriefly("zombie");
        StoredBatch fresh = store.created();
        StoredBatch lapsedToo = store.claimedBriefly("other zombie");
        store.lapse();
        assertEquals(List.of(lapsed.id(), fresh.id(), lapsedToo.id()), claimedIds(store.claim("heir")));
    }

    @Test
    default void s06_14_a_terminal_batch_of_a_lapsed_owner_is_not_claimed(StoreUnderTest store) throws Exception {
        StoredBatch ended = store.moved(store.claimedBriefly("zombie"), BatchStatus.FAILED);
        store.lapse();
        assertEquals(List.of(), store.claim("heir"));
        assertEquals(ended, store.find(ended));
    }

    @Test
    default void s06_15_owner_ids_are_compared_as_they_are(StoreUnderTest store) throws Exception {
        StoredBatch lower = store.claimedBriefly("engine");
        store.renew("Engine");
        store.renew("engine ");
        store.lapse();
        assertEquals(List.of(lower.id()), claimedIds(store.claim("ENGINE")));
        assertEquals(Set.of(), store.renew("engine").held());
    }

    @Test
    default void s06_16_a_claim_that_gives_nothing_prolongs_no_lease(StoreUnderTest store) throws Exception {
        StoredBatch batch = store.claimedBriefly(ENGINE);
        assertEquals(List.of(), store.claim(Set.of(TYPE), 9));
        store.lapse();
        assertEquals(List.of(batch.id()), claimedIds(store.claim("another")));
    }
}
