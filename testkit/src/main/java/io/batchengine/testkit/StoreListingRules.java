package io.batchengine.testkit;

import static io.batchengine.testkit.StoreUnderTest.OTHER_PROJECT;
import static io.batchengine.testkit.StoreUnderTest.PROJECT;
import static io.batchengine.testkit.StoreUnderTest.T0;
import static io.batchengine.testkit.StoreUnderTest.ids;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.store.BatchPage;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.StoredBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** S3: which batches a list holds, in which order. */
interface StoreListingRules {
    private static List<String> list(StoreUnderTest store, BatchQuery query) {
        return ids(store.spi.list(query).batches());
    }

    private static List<String> withStatus(StoreUnderTest store, BatchStatus... statuses) {
        return list(
                store,
                BatchQuery.builder()
                        .projectId(PROJECT)
                        .statuses(Set.of(statuses))
                        .limit(100)
                        .build());
    }

    private static List<String> between(StoreUnderTest store, @Nullable Instant from, @Nullable Instant to) {
        return list(
                store,
                BatchQuery.builder()
                        .projectId(PROJECT)
                        .createdOnOrAfter(from)
                        .createdOnOrBefore(to)
                        .limit(100)
                        .build());
    }

    private static StoredBatch createdAt(StoreUnderTest store, Instant time) {
        return store.batch().at(time).create();
    }

    @Test
    default void s03_01_the_newest_comes_first_whatever_the_order_of_creation(StoreUnderTest store) {
        // The ids run against the times: no order of ids or of creation gives the right one by chance.
        List<String> ascending = Stream.generate(store::newId).limit(3).sorted().toList();
        StoredBatch middle =
                store.batch().id(ascending.get(1)).at(T0.plusSeconds(2)).create();
        StoredBatch newest =
                store.batch().id(ascending.get(0)).at(T0.plusSeconds(3)).create();
        StoredBatch oldest =
                store.batch().id(ascending.get(2)).at(T0.plusSeconds(1)).create();
        assertEquals(
                List.of(newest.id(), middle.id(), oldest.id()), ids(store.list().batches()));
    }

    @Test
    default void s03_02_of_one_time_the_higher_id_comes_first(StoreUnderTest store) {
        List<String> created = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            created.add(createdAt(store, T0).id());
        }
        created.sort(Collections.reverseOrder());
        assertEquals(created, ids(store.list().batches()));
    }

    @Test
    default void s03_03_a_list_is_of_one_project(StoreUnderTest store) {
        StoredBatch own = store.created();
        store.created(OTHER_PROJECT);
        assertEquals(List.of(own.id()), ids(store.list().batches()));
    }

    @Test
    default void s03_04_a_project_without_batches_has_an_empty_list(StoreUnderTest store) {
        store.created(OTHER_PROJECT);
        BatchPage page = store.spi.list(
                BatchQuery.builder().projectId(PROJECT).limit(9).withTotal(true).build());
        assertEquals(new BatchPage(List.of(), OptionalLong.of(0)), page);
    }

    @Test
    default void s03_05_a_listed_batch_is_as_it_is_found(StoreUnderTest store) {
        StoredBatch batch = store.running("a", "b");
        store.cancel(batch);
        store.claimed(store.batch().key("key"));
        store.list().batches().forEach(listed -> assertEquals(store.find(listed), listed));
    }

    @Test
    default void s03_06_a_list_may_be_of_some_statuses(StoreUnderTest store) {
        for (BatchStatus status : BatchStatus.values()) {
            store.inStatus(status);
        }
        List<StoredBatch> all = store.list().batches();
        for (BatchStatus one : BatchStatus.values()) {
            for (BatchStatus other : BatchStatus.values()) {
                Set<BatchStatus> wanted = new HashSet<>(List.of(one, other));
                List<String> expected = ids(all.stream()
                        .filter(batch -> wanted.contains(batch.state().status()))
                        .toList());
                assertEquals(
                        expected, withStatus(store, wanted.toArray(BatchStatus[]::new)), () -> "list of " + wanted);
            }
        }
    }

    @Test
    default void s03_07_no_status_means_all(StoreUnderTest store) {
        for (BatchStatus status : BatchStatus.values()) {
            store.inStatus(status);
        }
        assertEquals(BatchStatus.values().length, withStatus(store).size());
    }

    @Test
    default void s03_08_a_list_follows_a_batchs_status(StoreUnderTest store) {
        StoredBatch batch = store.claimed();
        assertEquals(List.of(batch.id()), withStatus(store, BatchStatus.PENDING));
        store.moved(batch, BatchStatus.RUNNING);
        assertEquals(List.of(), withStatus(store, BatchStatus.PENDING));
        assertEquals(List.of(batch.id()), withStatus(store, BatchStatus.RUNNING));
    }

    @Test
    default void s03_09_a_list_may_be_of_one_source_directory(StoreUnderTest store) {
        StoredBatch batch = store.batch().directory("dir").create();
        store.batch().directory("dir-2").create();
        assertEquals(
                List.of(batch.id()),
                list(
                        store,
                        BatchQuery.builder()
                                .projectId(PROJECT)
                                .sourceDirectoryId("dir")
                                .limit(100)
                                .build()));
    }

    @Test
    default void s03_10_a_list_may_begin_at_a_time_which_belongs_to_it(StoreUnderTest store) {
        createdAt(store, T0.minusNanos(1_000));
        StoredBatch at = createdAt(store, T0);
        StoredBatch after = createdAt(store, T0.plusNanos(1_000));
        assertEquals(List.of(after.id(), at.id()), between(store, T0, null));
    }

    @Test
    default void s03_11_a_list_may_end_at_a_time_which_belongs_to_it(StoreUnderTest store) {
        StoredBatch before = createdAt(store, T0.minusNanos(1_000));
        StoredBatch at = createdAt(store, T0);
        createdAt(store, T0.plusNanos(1_000));
        assertEquals(List.of(at.id(), before.id()), between(store, null, T0));
    }

    @Test
    default void s03_12_a_bound_between_two_microseconds_is_not_rounded(StoreUnderTest store) {
        StoredBatch at = createdAt(store, T0);
        assertEquals(List.of(), between(store, T0.plusNanos(1), null));
        assertEquals(List.of(at.id()), between(store, T0.minusNanos(1), null));
        assertEquals(List.of(at.id()), between(store, null, T0.plusNanos(1)));
        assertEquals(List.of(), between(store, null, T0.minusNanos(1)));
    }

    @Test
    default void s03_13_a_bound_may_be_any_time_at_all(StoreUnderTest store) {
        StoredBatch at = createdAt(store, T0);
        assertEquals(List.of(at.id()), between(store, Instant.MIN, Instant.MAX));
        assertEquals(List.of(), between(store, Instant.MAX, null));
        assertEquals(List.of(), between(store, null, Instant.MIN));
    }

    @Test
    default void s03_14_a_batch_of_a_list_meets_every_filter(StoreUnderTest store) {
        StoredBatch wanted = store.batch().directory("dir").at(T0).create();
        store.batch().directory("other").at(T0).create();
        store.batch().directory("dir").at(T0.minusSeconds(1)).create();
        store.batch().directory("dir").at(T0.plusSeconds(1)).create();
        store.batch().project(OTHER_PROJECT).directory("dir").at(T0).create();
        store.moved(store.claimed(store.batch().directory("dir").at(T0)), BatchStatus.RUNNING);
        BatchQuery query = BatchQuery.builder()
                .projectId(PROJECT)
                .statuses(Set.of(BatchStatus.PENDING))
                .sourceDirectoryId("dir")
                .createdOnOrAfter(T0)
                .createdOnOrBefore(T0)
                .limit(100)
                .withTotal(true)
                .build();
        assertEquals(new BatchPage(List.of(wanted), OptionalLong.of(1)), store.spi.list(query));
    }

    @Test
    default void s03_15_a_limit_cuts_the_list_after_the_newest(StoreUnderTest store) {
        store.created();
        StoredBatch two = store.created();
        StoredBatch three = store.created();
        assertEquals(
                List.of(three.id()),
                list(store, BatchQuery.builder().projectId(PROJECT).limit(1).build()));
        assertEquals(
                List.of(three.id(), two.id()),
                list(store, BatchQuery.builder().projectId(PROJECT).limit(2).build()));
    }

    @Test
    default void s03_16_a_total_is_told_only_where_it_is_asked_for(StoreUnderTest store) {
        store.created();
        assertEquals(OptionalLong.empty(), store.list().total());
    }

    @Test
    default void s03_17_a_total_counts_all_that_meets_the_filters_whatever_the_page(StoreUnderTest store) {
        StoredBatch first = store.created();
        store.created();
        store.created();
        store.inStatus(BatchStatus.FAILED);
        store.created(OTHER_PROJECT);
        BatchQuery.Position end = new BatchQuery.Position(first.request().createdAt(), first.id());
        for (BatchQuery.Position after : new BatchQuery.Position[] {null, end}) {
            BatchQuery query = BatchQuery.builder()
                    .projectId(PROJECT)
                    .statuses(Set.of(BatchStatus.PENDING))
                    .after(after)
                    .limit(1)
                    .withTotal(true)
                    .build();
            assertEquals(OptionalLong.of(3), store.spi.list(query).total());
        }
    }
}
