package io.batchengine.testkit;

import static io.batchengine.testkit.StoreUnderTest.ENGINE;
import static io.batchengine.testkit.StoreUnderTest.OTHER_PROJECT;
import static io.batchengine.testkit.StoreUnderTest.claimRef;
import static io.batchengine.testkit.StoreUnderTest.claimedIds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.store.ClaimRef;
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.Renewal;
import io.batchengine.spi.store.StoredBatch;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** S7: renewals tell what an engine holds, and release what it holds no longer. */
interface StoreReleaseRules {
    @Test
    default void s07_01_a_renewal_tells_all_that_is_held_with_its_epoch(StoreUnderTest store) {
        StoredBatch one = store.claimed();
        store.release(one);
        StoredBatch again = store.claim(ENGINE).get(0).batch();
        StoredBatch other = store.claimed(store.batch().project(OTHER_PROJECT));
        store.created();
        assertEquals(
                Set.of(claimRef(again), claimRef(other)), store.renew(ENGINE).held());
        assertEquals(2, again.state().epoch());
    }

    @Test
    default void s07_02_an_owner_without_batches_holds_nothing(StoreUnderTest store) {
        store.created();
        store.claimed();
        assertEquals(Renewal.of(Set.of(), Set.of()), store.renew("nobody"));
    }

    @Test
    default void s07_03_a_terminal_batch_is_not_held(StoreUnderTest store) {
        for (BatchStatus status : List.of(BatchStatus.COMPLETED, BatchStatus.FAILED, BatchStatus.CANCELLED)) {
            store.inStatus(status);
            assertEquals(Set.of(), store.renew(ENGINE).held(), () -> "held while " + status);
        }
    }

    @Test
    default void s07_04_a_renewal_tells_which_batches_are_to_be_cancelled(StoreUnderTest store) {
        StoredBatch wanted = store.claimed();
        StoredBatch cancelled = store.claimed();
        StoredBatch others = store.created();
        store.cancel(cancelled);
        store.cancel(others);
        Renewal renewal = store.renew(ENGINE);
        assertEquals(Set.of(claimRef(wanted), claimRef(cancelled)), renewal.held());
        assertEquals(Set.of(cancelled.id()), renewal.cancelRequested());
    }

    @Test
    default void s07_05_a_renewal_changes_no_batch(StoreUnderTest store) {
        StoredBatch held = store.claimed();
        StoredBatch free = store.created();
        store.renew(ENGINE);
        assertEquals(held, store.find(held));
        assertEquals(free, store.find(free));
    }

    @Test
    default void s07_06_a_released_batch_is_open_at_once(StoreUnderTest store) {
        StoredBatch batch = store.claimed();
        assertEquals(Set.of(), store.renew(ENGINE, claimRef(batch)).held());
        assertEquals(List.of(batch.id()), claimedIds(store.claim("another")));
    }

    @Test
    default void s07_07_a_release_is_no_crash(StoreUnderTest store) {
        StoredBatch released = store.release(store.claimed());
        Claimed claimed = store.claim("another").get(0);
        assertFalse(claimed.ownerLost(), "ownerLost");
        assertEquals(0, claimed.batch().state().crashes());
        assertEquals(released.state().epoch() + 1, claimed.batch().state().epoch());
    }

    @Test
    default void s07_08_a_release_takes_the_owner_away_and_nothing_else(StoreUnderTest store) {
        StoredBatch batch = store.running("a", "b");
        store.cancel(batch);
        StoredBatch expected = batch.withCancelRequested().released();
        assertEquals(expected, store.release(batch));
        assertEquals(2, store.files(batch).size());
    }

    @Test
    default void s07_09_a_release_of_another_epoch_is_passed_over(StoreUnderTest store) {
        StoredBatch batch = store.claimed();
        ClaimRef older = new ClaimRef(batch.id(), 0, batch.state().claimToken());
        ClaimRef higher = new ClaimRef(batch.id(), 2, batch.state().claimToken());
        assertEquals(Set.of(claimRef(batch)), store.renew(ENGINE, older, higher).held());
        assertEquals(batch, store.find(batch));
    }

    @Test
    default void s07_10_a_release_by_another_than_the_owner_is_passed_over(StoreUnderTest store) {
        StoredBatch batch = store.claimed();
        assertEquals(Set.of(), store.renew("another", claimRef(batch)).held());
        assertEquals(batch, store.find(batch));
        assertEquals(List.of(), store.claim("another"));
    }

    @Test
    default void s07_11_a_release_of_a_batch_that_is_not_there_is_passed_over(StoreUnderTest store) {
        StoredBatch batch = store.claimed();
        assertEquals(
                Set.of(claimRef(batch)),
                store.renew(ENGINE, new ClaimRef(store.newId(), 1, 1)).held());
    }

    @Test
    default void s07_12_a_release_of_a_terminal_batch_is_passed_over(StoreUnderTest store) {
        StoredBatch claimed = store.claimed();
        StoredBatch ended = store.moved(claimed, BatchStatus.FAILED);
        store.renew(ENGINE, claimRef(claimed));
        assertEquals(ended, store.find(ended));
        assertEquals(List.of(), store.claim("another"));
    }

    @Test
    default void s07_13_a_release_that_is_repeated_changes_nothing(StoreUnderTest store) {
        StoredBatch batch = store.claimed();
        store.release(batch);
        StoredBatch taken = store.claim("another").get(0).batch();
        store.renew(ENGINE, claimRef(batch));
        assertEquals(taken, store.find(batch));
    }

    @Test
    default void s07_14_one_release_that_is_passed_over_spoils_no_other(StoreUnderTest store) {
        StoredBatch kept = store.claimed();
        StoredBatch given = store.claimed();
        Renewal renewal = store.renew(
                ENGINE,
                new ClaimRef(store.newId(), 1, 1),
                new ClaimRef(kept.id(), 9, kept.state().claimToken()),
                claimRef(given));
        assertEquals(Set.of(claimRef(kept)), renewal.held());
        assertEquals(given.released(), store.find(given));
    }

    @Test
    default void s07_15_a_release_of_another_claim_of_the_same_epoch_is_passed_over(StoreUnderTest store) {
        StoredBatch batch = store.claimed();
        ClaimRef repeated =
                new ClaimRef(batch.id(), batch.state().epoch(), batch.state().claimToken() + 1);
        assertEquals(Set.of(claimRef(batch)), store.renew(ENGINE, repeated).held());
        assertEquals(batch, store.find(batch));
        assertEquals(List.of(), store.claim("another"));
    }
}
