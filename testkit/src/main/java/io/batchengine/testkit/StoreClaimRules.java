package io.batchengine.testkit;

import static io.batchengine.testkit.StoreUnderTest.ENGINE;
import static io.batchengine.testkit.StoreUnderTest.LONG;
import static io.batchengine.testkit.StoreUnderTest.OTHER_PROJECT;
import static io.batchengine.testkit.StoreUnderTest.OTHER_TYPE;
import static io.batchengine.testkit.StoreUnderTest.PROJECT;
import static io.batchengine.testkit.StoreUnderTest.T0;
import static io.batchengine.testkit.StoreUnderTest.TYPE;
import static io.batchengine.testkit.StoreUnderTest.claimedIds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.store.ClaimRequest;
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.StoredBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** S5: which batches a claim gives, and what it makes of them. */
interface StoreClaimRules {
    private static List<String> claim(StoreUnderTest store, int limitPerProject, int limit) {
        return claimedIds(store.claim(Set.of(TYPE), limitPerProject, Map.of(), limit));
    }

    @Test
    default void s05_01_a_claim_gives_a_pending_batch_its_owner_and_the_next_epoch(StoreUnderTest store) {
        StoredBatch batch = store.created();
        Instant at = store.now();
        long token = store.newToken();
        List<Claimed> claimed = store.spi.claim(ClaimRequest.builder()
                .owner(ENGINE)
                .claimToken(token)
                .lease(LONG)
                .types(Set.of(TYPE))
                .limit(1)
                .at(at)
                .build());
        StoredBatch expected = batch.claimedBy(ENGINE, token, at);
        assertEquals(List.of(Claimed.of(expected, false)), claimed);
        assertEquals(expected, store.find(batch));
    }

    @Test
    default void s05_02_where_there_is_nothing_to_claim_the_answer_is_empty(StoreUnderTest store) {
        assertEquals(List.of(), store.claim(ENGINE));
    }

    @Test
    default void s05_03_only_batches_of_the_given_types_are_claimed(StoreUnderTest store) {
        StoredBatch wanted = store.batch().type(OTHER_TYPE).create();
        StoredBatch other = store.created();
        assertEquals(List.of(wanted.id()), claimedIds(store.claim(Set.of(OTHER_TYPE), 9)));
        assertEquals(other, store.find(other));
    }

    @Test
    default void s05_04_no_batch_of_a_project_with_a_limit_of_zero_is_claimed(StoreUnderTest store) {
        store.created(OTHER_PROJECT);
        StoredBatch wanted = store.created();
        Map<String, Integer> limits = Map.of(OTHER_PROJECT, 0, "prj-unknown", 0);
        assertEquals(List.of(wanted.id()), claimedIds(store.claim(Set.of(TYPE), 9, limits, 9)));
    }

    @Test
    default void s05_05_the_oldest_come_first_whatever_the_order_of_creation(StoreUnderTest store) {
        List<String> ascending = Stream.generate(store::newId).limit(3).sorted().toList();
        StoredBatch middle =
                store.batch().id(ascending.get(1)).at(T0.plusSeconds(2)).create();
        StoredBatch newest =
                store.batch().id(ascending.get(0)).at(T0.plusSeconds(3)).create();
        StoredBatch oldest =
                store.batch().id(ascending.get(2)).at(T0.plusSeconds(1)).create();
        assertEquals(List.of(oldest.id()), claim(store, 9, 1));
        assertEquals(List.of(middle.id(), newest.id()), claim(store, 9, 9));
    }

    @Test
    default void s05_06_the_oldest_come_first_over_all_projects_and_types(StoreUnderTest store) {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            expected.add(store.batch().project("prj-" + (9 - i)).create().id());
            expected.add(store.batch().type(OTHER_TYPE).create().id());
        }
        assertEquals(expected, claimedIds(store.claim(ENGINE)));
    }

    @Test
    default void s05_07_a_claim_gives_no_more_than_its_limit_and_the_next_goes_on(StoreUnderTest store) {
        List<String> created = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            created.add(store.created().id());
        }
        assertEquals(created.subList(0, 2), claim(store, 9, 2));
        assertEquals(created.subList(2, 4), claim(store, 9, 2));
        assertEquals(created.subList(4, 5), claim(store, 9, 2));
    }

    @Test
    default void s05_08_a_claim_gives_no_more_of_a_project_than_its_limit(StoreUnderTest store) {
        List<String> own = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            own.add(store.created().id());
        }
        StoredBatch other = store.created(OTHER_PROJECT);
        assertEquals(List.of(own.get(0), own.get(1), other.id()), claim(store, 2, 9));
        assertEquals(List.of(own.get(2), own.get(3)), claim(store, 2, 9));
    }

    @Test
    default void s05_09_what_is_not_wanted_does_not_use_up_a_limit(StoreUnderTest store) {
        store.claimed();
        store.batch().type(OTHER_TYPE).create();
        store.created(OTHER_PROJECT);
        StoredBatch wanted = store.created();
        assertEquals(List.of(wanted.id()), claimedIds(store.claim(Set.of(TYPE), 1, Map.of(OTHER_PROJECT, 0), 1)));
    }

    @Test
    default void s05_10_a_held_batch_is_given_to_nobody(StoreUnderTest store) {
        StoredBatch held = store.claimed();
        assertEquals(List.of(), store.claim("another"));
        assertEquals(List.of(), store.claim(ENGINE), "the owner itself");
        assertEquals(held, store.find(held));
    }

    @Test
    default void s05_11_a_terminal_batch_is_never_claimed(StoreUnderTest store) {
        for (BatchStatus status : BatchStatus.values()) {
            if (status.isTerminal()) {
                store.inStatus(status);
            }
        }
        assertEquals(List.of(), store.claim("another"));
    }

    @Test
    default void s05_12_a_batch_that_has_not_ended_is_claimed_in_any_status(StoreUnderTest store) {
        for (BatchStatus status : BatchStatus.values()) {
            if (!status.isTerminal()) {
                StoredBatch open = store.release(store.inStatus(status));
                List<Claimed> claimed = store.claim("another");
                assertEquals(List.of(open.id()), claimedIds(claimed), () -> "claimed while " + status);
                assertEquals(status, claimed.get(0).batch().state().status());
            }
        }
    }

    @Test
    default void s05_13_a_batch_to_be_cancelled_is_claimed_whatever_its_type(StoreUnderTest store) {
        StoredBatch batch = store.created();
        store.cancel(batch);
        assertEquals(List.of(batch.id()), claimedIds(store.claim(Set.of(OTHER_TYPE), 9)));
        StoredBatch another = store.created();
        store.cancel(another);
        assertEquals(List.of(another.id()), claimedIds(store.claim(Set.of(), 9)), "without any type");
    }

    @Test
    default void s05_14_a_batch_to_be_cancelled_is_claimed_whatever_its_project(StoreUnderTest store) {
        StoredBatch batch = store.created();
        store.created();
        store.cancel(batch);
        assertEquals(List.of(batch.id()), claimedIds(store.claim(Set.of(TYPE), 9, Map.of(PROJECT, 0), 9)));
    }

    @Test
    default void s05_15_batches_to_be_cancelled_keep_within_the_limit_and_count_for_no_project(StoreUnderTest store) {
        List<String> created = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            StoredBatch batch = store.created();
            store.cancel(batch);
            created.add(batch.id());
        }
        List<Claimed> claimed = store.claim(Set.of(), 2);
        assertEquals(created.subList(0, 2), claimedIds(claimed));
        store.renew(
                ENGINE, claimed.get(0).batch().claim(), claimed.get(1).batch().claim());
        created.add(store.created().id());
        store.created();
        assertEquals(created, claimedIds(store.claim(Set.of(TYPE), 1, Map.of(), 9)));
    }

    @Test
    default void s05_16_a_batch_to_be_cancelled_is_not_taken_from_its_owner(StoreUnderTest store) {
        store.cancel(store.claimed());
        assertEquals(List.of(), store.claim("another"));
    }

    @Test
    default void s05_17_without_types_nothing_else_is_claimed(StoreUnderTest store) {
        store.created();
        assertEquals(List.of(), store.claim(Set.of(), 9));
    }

    @Test
    default void s05_18_a_claim_keeps_all_but_owner_version_epoch_and_time(StoreUnderTest store) {
        StoredBatch batch = store.write(store.running("a", "b", "c"))
                .status(BatchStatus.THROTTLED)
                .reason(StatusReason.of(StatusReason.Code.BACK_PRESSURE, "not now", T0))
                .settle(0, FileOutcome.FAILED)
                .settledBelow(1)
                .listed(true, "c")
                .crashes(2)
                .apply();
        store.cancel(batch);
        StoredBatch open = store.release(batch);
        Instant at = store.now();
        long token = store.newToken();
        List<Claimed> claimed = store.spi.claim(ClaimRequest.builder()
                .owner("another")
                .claimToken(token)
                .lease(LONG)
                .limit(1)
                .at(at)
                .build());
        assertEquals(List.of(Claimed.of(open.claimedBy("another", token, at), false)), claimed);
        assertEquals(claimed.get(0).batch(), store.find(batch));
    }

    @Test
    default void s05_19_a_claim_of_one_batch_leaves_the_others_as_they_are(StoreUnderTest store) {
        store.created();
        StoredBatch next = store.created();
        StoredBatch other = store.created(OTHER_PROJECT);
        claim(store, 1, 1);
        assertEquals(next, store.find(next));
        assertEquals(other, store.find(other));
    }

    @Test
    default void s05_24_a_projects_own_limit_stands_in_place_of_that_of_each(StoreUnderTest store) {
        List<String> own = new ArrayList<>();
        List<String> other = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            own.add(store.created().id());
            other.add(store.created(OTHER_PROJECT).id());
        }
        Map<String, Integer> more = Map.of(OTHER_PROJECT, 3, "prj-unknown", 7);
        assertEquals(
                List.of(own.get(0), other.get(0), other.get(1), other.get(2)),
                claimedIds(store.claim(Set.of(TYPE), 1, more, 9)));
        assertEquals(
                List.of(own.get(1), own.get(2), other.get(3)),
                claimedIds(store.claim(Set.of(TYPE), 9, Map.of(PROJECT, 2), 9)));
    }

    @Test
    default void s05_25_where_each_project_has_a_limit_of_zero_those_with_one_of_their_own_are_claimed(
            StoreUnderTest store) {
        store.created();
        StoredBatch wanted = store.created(OTHER_PROJECT);
        StoredBatch ending = store.created();
        store.cancel(ending);
        assertEquals(
                List.of(wanted.id(), ending.id()),
                claimedIds(store.claim(Set.of(TYPE), 0, Map.of(OTHER_PROJECT, 1), 9)));
        store.created(OTHER_PROJECT);
        assertEquals(List.of(), store.claim(Set.of(TYPE), 0, Map.of(OTHER_PROJECT, 0), 9), "zero of its own");
        assertEquals(List.of(), store.claim(Set.of(TYPE), 0, Map.of(), 9));
    }

    @Test
    default void s05_26_a_claim_of_what_is_pending_passes_over_what_has_come_further(StoreUnderTest store) {
        StoredBatch throttled = store.inStatus(BatchStatus.THROTTLED);
        StoredBatch running = store.inStatus(BatchStatus.RUNNING);
        store.inStatus(BatchStatus.FAILED);
        StoredBatch released = store.claimed();
        store.claimed();
        List.of(throttled, running, released).forEach(store::release);
        StoredBatch created = store.created();
        assertEquals(
                List.of(released.id(), created.id()),
                claimedIds(store.claimPending(T0.plusSeconds(3_600), 9, Map.of())));
    }

    @Test
    default void s05_27_a_claim_of_what_is_pending_passes_over_what_is_younger(StoreUnderTest store) {
        Instant since = T0.plusSeconds(5);
        store.batch().at(since.plusNanos(1_000)).create();
        StoredBatch second = store.batch().at(since).create();
        StoredBatch first = store.batch().at(since.minusNanos(1_000)).create();
        assertEquals(List.of(first.id(), second.id()), claimedIds(store.claimPending(since, 9, Map.of())));
    }

    @Test
    default void s05_28_a_claim_of_what_is_pending_keeps_to_types_and_limits_and_gives_what_is_to_be_cancelled(
            StoreUnderTest store) {
        Instant later = T0.plusSeconds(3_600);
        store.batch().type(OTHER_TYPE).create();
        store.created();
        StoredBatch other = store.created(OTHER_PROJECT);
        StoredBatch ending = store.batch().type(OTHER_TYPE).create();
        store.cancel(ending);
        assertEquals(
                List.of(other.id(), ending.id()), claimedIds(store.claimPending(later, 0, Map.of(OTHER_PROJECT, 5))));
        StoredBatch throttled = store.release(store.inStatus(BatchStatus.THROTTLED));
        store.cancel(throttled);
        assertEquals(List.of(), store.claimPending(later, 0, Map.of()), "to be cancelled, and not pending");
    }

    @Test
    default void s05_33_the_token_of_a_claim_is_kept_whatever_it_is(StoreUnderTest store) {
        for (long token : new long[] {Long.MIN_VALUE, -1, 0, 1L << 53 | 1, Long.MAX_VALUE}) {
            StoredBatch created = store.created();
            StoredBatch claimed = store.spi
                    .claim(ClaimRequest.builder()
                            .owner(ENGINE)
                            .claimToken(token)
                            .lease(LONG)
                            .types(Set.of(TYPE))
                            .limit(1)
                            .at(store.now())
                            .build())
                    .get(0)
                    .batch();
            assertEquals(token, claimed.state().claimToken());
            assertEquals(Set.of(claimed.claim()), store.renew(ENGINE).held());
            StoredBatch written = store.moved(claimed, BatchStatus.RUNNING);
            assertEquals(claimed.claim(), written.claim());
            StoredBatch released = store.release(written);
            assertEquals(written.claim(), released.claim());
            store.moved(released, BatchStatus.FAILED);
            assertEquals(claimed.claim(), store.find(created).claim());
        }
    }
}
