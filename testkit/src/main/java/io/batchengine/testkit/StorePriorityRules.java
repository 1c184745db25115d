package io.batchengine.testkit;

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
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.StoredBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** S5, of batches with a priority: in which order a claim gives them. */
interface StorePriorityRules {
    private static List<String> claim(StoreUnderTest store, int limitPerProject, int limit) {
        return claimedIds(store.claim(Set.of(TYPE), limitPerProject, Map.of(), limit));
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
}
