package io.batchengine.testkit;

import static io.batchengine.testkit.StoreUnderTest.OTHER_PROJECT;
import static io.batchengine.testkit.StoreUnderTest.PROJECT;
import static io.batchengine.testkit.StoreUnderTest.T0;
import static io.batchengine.testkit.StoreUnderTest.ids;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.StoredBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** S4: a list is read page by page, by key, while batches come, go and change. */
interface StorePagingRules {
    private static BatchQuery.Position place(StoredBatch batch) {
        return new BatchQuery.Position(batch.request().createdAt(), batch.id());
    }

    private static List<StoredBatch> page(
            StoreUnderTest store, Set<BatchStatus> statuses, BatchQuery.@Nullable Position after, int limit) {
        return store.spi
                .list(BatchQuery.builder()
                        .projectId(PROJECT)
                        .statuses(statuses)
                        .after(after)
                        .limit(limit)
                        .build())
                .batches();
    }

    private static List<StoredBatch> behind(StoreUnderTest store, StoredBatch last) {
        return page(store, Set.of(), place(last), 2);
    }

    /** Newest first. */
    private static List<StoredBatch> five(StoreUnderTest store) {
        List<StoredBatch> batches = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            batches.add(0, store.created());
        }
        return batches;
    }

    @Test
    default void s04_01_pages_one_after_another_give_each_batch_once(StoreUnderTest store) {
        for (int i = 0; i < 23; i++) {
            store.batch().at(T0.plusNanos(i / 5 * 1_000L)).create(); // five of a time
        }
        List<String> all = ids(store.list().batches());
        for (int size = 1; size <= 24; size++) {
            List<String> read = new ArrayList<>();
            List<StoredBatch> page = page(store, Set.of(), null, size);
            while (!page.isEmpty()) {
                read.addAll(ids(page));
                page = page(store, Set.of(), place(page.get(page.size() - 1)), size);
            }
            assertEquals(all, read, "read in pages of " + size);
        }
    }

    @Test
    default void s04_02_after_the_last_batch_there_is_nothing(StoreUnderTest store) {
        assertEquals(List.of(), behind(store, store.created()));
    }

    @Test
    default void s04_03_a_batch_created_between_two_pages_shifts_nothing(StoreUnderTest store) {
        List<StoredBatch> all = five(store);
        store.created();
        assertEquals(ids(all.subList(2, 4)), ids(behind(store, all.get(1))));
    }

    @Test
    default void s04_04_a_batch_deleted_between_two_pages_shifts_nothing(StoreUnderTest store) {
        StoredBatch ended = store.ended(PROJECT, BatchStatus.FAILED);
        List<StoredBatch> older = List.of(ended);
        List<StoredBatch> newest = five(store);
        StoredBatch deleted = store.ended(PROJECT, BatchStatus.FAILED);
        assertEquals(List.of(deleted.id(), newest.get(0).id()), ids(page(store, Set.of(), null, 2)));
        store.delete(deleted);
        assertEquals(ids(newest.subList(1, 3)), ids(behind(store, newest.get(0))));
        assertEquals(ids(older), ids(behind(store, newest.get(4))));
    }

    @Test
    default void s04_05_a_page_begins_after_a_batch_that_is_deleted_by_now(StoreUnderTest store) {
        StoredBatch oldest = store.created();
        StoredBatch deleted = store.ended(PROJECT, BatchStatus.FAILED);
        store.created();
        store.delete(deleted);
        assertEquals(List.of(oldest.id()), ids(behind(store, deleted)));
    }

    @Test
    default void s04_06_a_page_begins_after_a_batch_that_does_not_meet_the_filter_any_more(StoreUnderTest store) {
        StoredBatch oldest = store.created();
        StoredBatch last = store.claimed();
        store.created();
        store.moved(last, BatchStatus.RUNNING);
        assertEquals(List.of(oldest.id()), ids(page(store, Set.of(BatchStatus.PENDING), place(last), 9)));
    }

    @Test
    default void s04_07_a_change_of_a_batch_does_not_move_it_in_the_list(StoreUnderTest store) {
        StoredBatch changed = store.claimed();
        List<StoredBatch> newer = five(store);
        StoredBatch running = store.moved(changed, BatchStatus.RUNNING);
        store.cancel(running);
        assertEquals(List.of(changed.id()), ids(behind(store, newer.get(4))));
    }

    @Test
    default void s04_08_a_page_may_begin_at_a_place_where_no_batch_is(StoreUnderTest store) {
        StoredBatch old = store.batch().at(T0).create();
        store.batch().at(T0.plusSeconds(2)).create();
        BatchQuery.Position between = new BatchQuery.Position(T0.plusSeconds(1), store.newId());
        assertEquals(List.of(old.id()), ids(page(store, Set.of(), between, 9)));
    }

    @Test
    default void s04_09_within_one_time_a_page_begins_after_the_id(StoreUnderTest store) {
        for (int i = 0; i < 8; i++) {
            store.batch().at(T0).create();
        }
        List<StoredBatch> all = store.list().batches();
        for (int i = 0; i < all.size(); i++) {
            List<String> rest = ids(all.subList(i + 1, all.size()));
            assertEquals(rest, ids(page(store, Set.of(), place(all.get(i)), 9)));
        }
    }

    @Test
    default void s04_10_another_projects_batches_do_not_fill_a_page(StoreUnderTest store) {
        List<StoredBatch> own = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            store.created(OTHER_PROJECT);
            own.add(0, store.created());
            store.created(OTHER_PROJECT);
        }
        assertEquals(ids(own.subList(0, 2)), ids(page(store, Set.of(), null, 2)));
        assertEquals(ids(own.subList(2, 4)), ids(behind(store, own.get(1))));
    }
}
