package io.batchengine.testkit;

import static io.batchengine.testkit.StoreUnderTest.ENGINE;
import static io.batchengine.testkit.StoreUnderTest.LONG;
import static io.batchengine.testkit.StoreUnderTest.OTHER_PROJECT;
import static io.batchengine.testkit.StoreUnderTest.OTHER_TYPE;
import static io.batchengine.testkit.StoreUnderTest.PROJECT;
import static io.batchengine.testkit.StoreUnderTest.T0;
import static io.batchengine.testkit.StoreUnderTest.TYPE;
import static io.batchengine.testkit.StoreUnderTest.claimedIds;
import static io.batchengine.testkit.StoreUnderTest.project;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.ClaimRequest;
import io.batchengine.spi.Claimed;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.Hold;
import io.batchengine.spi.StoredBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** S5: which batches a claim gives, and what it makes of them. */
interface StoreClaimRules {
    private static List<String> claim(StoreUnderTest store, int limitPerProject, int limit) {
        return claimedIds(store.claim(Set.of(TYPE), Set.of(), limitPerProject, limit));
    }

    @Test
    default void s05_01_a_claim_gives_a_pending_batch_its_owner_and_the_next_epoch(StoreUnderTest store) {
        StoredBatch batch = store.created();
        Instant at = store.now();
        List<Claimed> claimed = store.spi.claim(new ClaimRequest(ENGINE, LONG, Set.of(TYPE), Set.of(), 1, 1, at));
        StoredBatch expected = batch.claimedBy(ENGINE, at);
        assertEquals(List.of(new Claimed(expected, false)), claimed);
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
        assertEquals(List.of(wanted.id()), claimedIds(store.claim(Set.of(OTHER_TYPE), Set.of(), 9, 9)));
        assertEquals(other, store.find(other));
    }

    @Test
    default void s05_04_no_batch_of_an_excluded_project_is_claimed(StoreUnderTest store) {
        store.created(OTHER_PROJECT);
        StoredBatch wanted = store.created();
        Set<String> excluded = Set.of(OTHER_PROJECT, "prj-unknown");
        assertEquals(List.of(wanted.id()), claimedIds(store.claim(Set.of(TYPE), excluded, 9, 9)));
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
        assertEquals(List.of(wanted.id()), claimedIds(store.claim(Set.of(TYPE), Set.of(OTHER_PROJECT), 1, 1)));
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
        assertEquals(List.of(batch.id()), claimedIds(store.claim(Set.of(OTHER_TYPE), Set.of(), 9, 9)));
        StoredBatch another = store.created();
        store.cancel(another);
        assertEquals(List.of(another.id()), claimedIds(store.claim(Set.of(), Set.of(), 9, 9)), "without any type");
    }

    @Test
    default void s05_14_a_batch_to_be_cancelled_is_claimed_whatever_its_project(StoreUnderTest store) {
        StoredBatch batch = store.created();
        store.created();
        store.cancel(batch);
        assertEquals(List.of(batch.id()), claimedIds(store.claim(Set.of(TYPE), Set.of(PROJECT), 9, 9)));
    }

    @Test
    default void s05_15_batches_to_be_cancelled_keep_within_the_limits(StoreUnderTest store) {
        List<String> created = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            StoredBatch batch = store.created();
            store.cancel(batch);
            created.add(batch.id());
        }
        assertEquals(created.subList(0, 2), claimedIds(store.claim(Set.of(), Set.of(), 9, 2)));
        store.renew(ENGINE, new Hold(created.get(0), 1), new Hold(created.get(1), 1));
        assertEquals(created.subList(0, 1), claimedIds(store.claim(Set.of(), Set.of(), 1, 9)));
    }

    @Test
    default void s05_16_a_batch_to_be_cancelled_is_not_taken_from_its_owner(StoreUnderTest store) {
        store.cancel(store.claimed());
        assertEquals(List.of(), store.claim("another"));
    }

    @Test
    default void s05_17_without_types_nothing_else_is_claimed(StoreUnderTest store) {
        store.created();
        assertEquals(List.of(), store.claim(Set.of(), Set.of(), 9, 9));
    }

    @Test
    default void s05_18_a_claim_keeps_all_but_owner_version_epoch_and_time(StoreUnderTest store) {
        StoredBatch batch = store.write(store.running("a", "b", "c"))
                .status(BatchStatus.THROTTLED)
                .reason(new StatusReason(StatusReason.Code.BACK_PRESSURE, "not now", T0))
                .settle(0, FileOutcome.FAILED)
                .settledBelow(1)
                .listed(true, "c")
                .deaths(2)
                .apply();
        store.cancel(batch);
        StoredBatch open = store.release(batch);
        Instant at = store.now();
        List<Claimed> claimed = store.spi.claim(new ClaimRequest("another", LONG, Set.of(), Set.of(), 1, 1, at));
        assertEquals(List.of(new Claimed(open.claimedBy("another", at), false)), claimed);
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
    default void s05_20_a_projects_batches_come_by_priority_then_the_oldest_first(StoreUnderTest store) {
        List<StoredBatch> created = new ArrayList<>();
        for (int priority : List.of(5, 1, 9, 5, 9, 4)) {
            created.add(prioritized(store, PROJECT, priority));
        }
        List<String> expected = Stream.of(2, 4, 0, 3, 5, 1)
                .map(place -> created.get(place).id())
                .toList();
        assertEquals(expected.subList(0, 1), claim(store, 9, 1));
        assertEquals(expected.subList(1, 3), claim(store, 2, 9), "within the limit of the project");
        assertEquals(expected.subList(3, 6), claim(store, 9, 9));
    }

    @Test
    default void s05_21_a_priority_takes_no_place_from_another_project(StoreUnderTest store) {
        StoredBatch low = prioritized(store, PROJECT, 1);
        StoredBatch other = prioritized(store, OTHER_PROJECT, 5);
        StoredBatch high = prioritized(store, PROJECT, 9);
        StoredBatch third = prioritized(store, "prj-third", 9);
        StoredBatch higher = prioritized(store, OTHER_PROJECT, 6);
        assertEquals(List.of(high.id(), higher.id()), claim(store, 9, 2), "the places are of the oldest");
        assertEquals(List.of(low.id(), other.id()), claim(store, 1, 2));
        assertEquals(List.of(third.id()), claim(store, 9, 9));
    }

    @Test
    default void s05_22_what_is_not_wanted_does_not_use_up_a_place_whatever_its_priority(StoreUnderTest store) {
        store.claimed(store.batch().options(BatchOptions.DEFAULT.withPriority(9)));
        store.batch()
                .type(OTHER_TYPE)
                .options(BatchOptions.DEFAULT.withPriority(9))
                .create();
        StoredBatch first = prioritized(store, PROJECT, 2);
        StoredBatch second = prioritized(store, PROJECT, 1);
        StoredBatch cancelled = prioritized(store, OTHER_PROJECT, 3);
        store.cancel(cancelled);
        prioritized(store, OTHER_PROJECT, 9);
        List<Claimed> claimed = store.claim(Set.of(TYPE), Set.of(OTHER_PROJECT), 9, 2);
        assertEquals(List.of(first.id(), second.id()), claimedIds(claimed));
        assertEquals(List.of(cancelled.id()), claimedIds(store.claim(Set.of(TYPE), Set.of(OTHER_PROJECT), 1, 1)));
    }

    @Test
    default void s05_23_the_order_holds_whatever_waits_besides(StoreUnderTest store) {
        List<String> low = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            low.add(prioritized(store, PROJECT, 4).id());
        }
        List<String> middle = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            middle.add(prioritized(store, PROJECT, 5).id());
            prioritized(store, "prj-" + i, 1 + i % 9);
        }
        String high = prioritized(store, PROJECT, 6).id();
        List<Claimed> claimed = store.claim(Set.of(TYPE), Set.of(), 10, 45);
        List<String> own = claimedIds(claimed.stream()
                .filter(one -> project(one.batch()).equals(PROJECT))
                .toList());
        assertEquals(45, claimed.size());
        assertEquals(Stream.concat(Stream.of(high), middle.stream().limit(9)).toList(), own);
        assertEquals(middle.subList(9, 20), claim(store, 11, 11));
        assertEquals(
                Stream.concat(middle.stream().skip(20), low.stream()).toList(),
                claimedIds(store.claim(
                        Set.of(TYPE),
                        Stream.iterate(0, i -> i + 1)
                                .limit(40)
                                .map(i -> "prj-" + i)
                                .collect(Collectors.toSet()),
                        99,
                        99)));
    }

    private static StoredBatch prioritized(StoreUnderTest store, String project, int priority) {
        return store.batch()
                .project(project)
                .options(BatchOptions.DEFAULT.withPriority(priority))
                .create();
    }
}
