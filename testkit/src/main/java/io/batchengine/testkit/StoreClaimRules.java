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
import io.batchengine.spi.StoredBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
        List<Claimed> claimed = store.spi.claim(new ClaimRequest(ENGINE, token, LONG, Set.of(TYPE), 1, at));
        StoredBatch expected = batch.claimedBy(ENGINE, token, at);
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
                ENGINE, claimed.get(0).batch().hold(), claimed.get(1).batch().hold());
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
                .reason(new StatusReason(StatusReason.Code.BACK_PRESSURE, "not now", T0))
                .settle(0, FileOutcome.FAILED)
                .settledBelow(1)
                .listed(true, "c")
                .deaths(2)
                .apply();
        store.cancel(batch);
        StoredBatch open = store.release(batch);
        Instant at = store.now();
        long token = store.newToken();
        List<Claimed> claimed = store.spi.claim(new ClaimRequest("another", token, LONG, Set.of(), 1, at));
        assertEquals(List.of(new Claimed(open.claimedBy("another", token, at), false)), claimed);
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
    default void s05_20_of_batches_created_together_the_higher_priority_comes_first_then_the_oldest(
            StoreUnderTest store) {
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
        List<Claimed> claimed = store.claim(Set.of(TYPE), 9, Map.of(OTHER_PROJECT, 0), 2);
        assertEquals(List.of(first.id(), second.id()), claimedIds(claimed));
        assertEquals(List.of(cancelled.id()), claimedIds(store.claim(Set.of(TYPE), 1, Map.of(OTHER_PROJECT, 0), 1)));
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
        List<Claimed> claimed = store.claim(Set.of(TYPE), 10, Map.of(), 45);
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
                        99,
                        Stream.iterate(0, i -> i + 1).limit(40).collect(Collectors.toMap(i -> "prj-" + i, i -> 0)),
                        99)));
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
    default void s05_29_a_batch_to_be_cancelled_takes_its_place_itself_whatever_its_priority(StoreUnderTest store) {
        StoredBatch ending = prioritized(store, PROJECT, 1);
        StoredBatch low = prioritized(store, PROJECT, 2);
        StoredBatch high = prioritized(store, PROJECT, 9);
        StoredBatch endingHigh = prioritized(store, PROJECT, 9);
        List.of(ending, endingHigh).forEach(store::cancel);
        assertEquals(List.of(ending.id(), high.id()), claim(store, 1, 2));
        assertEquals(List.of(low.id(), endingHigh.id()), claim(store, 1, 9));
    }

    @Test
    default void s05_30_a_claim_of_what_is_pending_goes_by_priority_among_what_it_wants(StoreUnderTest store) {
        BatchOptions urgent = BatchOptions.DEFAULT.withPriority(9);
        store.release(store.moved(store.claimed(store.batch().options(urgent)), BatchStatus.THROTTLED));
        StoredBatch low = prioritized(store, PROJECT, 1);
        StoredBatch high = prioritized(store, PROJECT, 3);
        StoredBatch middle = prioritized(store, PROJECT, 2);
        Instant since = store.now();
        store.batch().options(urgent).create();
        assertEquals(List.of(high.id()), claimedIds(store.claimPending(since, 9, Map.of(), 1)));
        assertEquals(List.of(middle.id(), low.id()), claimedIds(store.claimPending(since, 9, Map.of(), 9)));
    }

    @Test
    default void s05_31_a_step_of_priority_counts_as_ten_minutes_of_waiting(StoreUnderTest store) {
        Instant created = T0.plusSeconds(86_400);
        Instant later = created.plus(Duration.ofMinutes(10));
        Instant muchLater = created.plus(Duration.ofMinutes(80));
        List<BatchDraft> expected = List.of(
                prioritized(store, 9).at(muchLater.minusNanos(1_000)),
                prioritized(store, 2).at(later.minusNanos(1_000)),
                prioritized(store, 1).at(created).id("bat-1"),
                prioritized(store, 2).at(later).id("bat-2"),
                prioritized(store, 9).at(muchLater).id("bat-3"),
                prioritized(store, 2).at(later.plusNanos(1_000)),
                prioritized(store, 9).at(muchLater.plusNanos(2_000)));
        List<String> ids = new ArrayList<>();
        for (int place : List.of(6, 3, 2, 0, 5, 4, 1)) {
            expected.get(place).create();
        }
        expected.forEach(draft -> ids.add(draft.build().id()));
        assertEquals(ids.subList(0, 4), claim(store, 9, 4));
        assertEquals(ids.subList(4, 7), claim(store, 9, 9));
    }

    @Test
    default void s05_32_a_stream_of_higher_priority_keeps_no_batch_waiting_for_ever(StoreUnderTest store) {
        StoredBatch low = prioritized(store, PROJECT, 1);
        StoredBatch other = store.created(OTHER_PROJECT);
        List<String> expected = new ArrayList<>();
        List<String> claimed = new ArrayList<>();
        for (int minutes = 0; minutes < 90; minutes += 5) {
            BatchDraft high = prioritized(store, 9).at(store.now().plus(Duration.ofMinutes(minutes)));
            expected.add(high.create().id());
            claimed.addAll(claim(store, 1, 1));
        }
        List<String> overtaking = expected.subList(0, 16); // all that were created within 80 minutes
        assertEquals(
                Stream.concat(overtaking.stream(), Stream.of(low.id(), other.id()))
                        .toList(),
                claimed);
    }

    private static BatchDraft prioritized(StoreUnderTest store, int priority) {
        return store.batch().options(BatchOptions.DEFAULT.withPriority(priority));
    }

    private static StoredBatch prioritized(StoreUnderTest store, String project, int priority) {
        return prioritized(store, priority).project(project).create();
    }

    @Test
    default void s05_33_the_token_of_a_claim_is_kept_whatever_it_is(StoreUnderTest store) {
        for (long token : new long[] {Long.MIN_VALUE, -1, 0, 1L << 53 | 1, Long.MAX_VALUE}) {
            StoredBatch created = store.created();
            StoredBatch claimed = store.spi
                    .claim(new ClaimRequest(ENGINE, token, LONG, Set.of(TYPE), 1, store.now()))
                    .get(0)
                    .batch();
            assertEquals(token, claimed.state().claimToken());
            assertEquals(Set.of(claimed.hold()), store.renew(ENGINE).held());
            StoredBatch written = store.moved(claimed, BatchStatus.RUNNING);
            assertEquals(claimed.hold(), written.hold());
            StoredBatch released = store.release(written);
            assertEquals(written.hold(), released.hold());
            store.moved(released, BatchStatus.FAILED);
            assertEquals(claimed.hold(), store.find(created).hold());
        }
    }
}
